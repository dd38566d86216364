package dev.serai.adapters.minilm;

import dev.serai.core.embedding.TextEncoder;
import dev.serai.core.embedding.TextEncoderProvider;
import java.io.IOException;

/** Opens the model, as {@code minilm} of the settings. Thread-safe. */
public final class MiniLmProvider implements TextEncoderProvider {
  @Override
  public String name() {
    return "minilm";
  }

  @Override
  public TextEncoder open() throws IOException {
    return MiniLm.open();
  }
}

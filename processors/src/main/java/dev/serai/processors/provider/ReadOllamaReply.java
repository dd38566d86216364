package dev.serai.processors.provider;

import dev.serai.core.dialect.Dialect;
import dev.serai.core.provider.Providers;

/** Reads a provider's answer in Ollama's dialect. */
public final class ReadOllamaReply extends ReadProviderReply {
  public ReadOllamaReply(Dialect dialect, Providers providers) {
    super(dialect, providers);
  }
}

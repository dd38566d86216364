package dev.serai.processors.provider;

import dev.serai.core.call.Providers;
import dev.serai.core.port.Dialect;

/** Reads a provider's answer in Ollama's dialect. */
public final class ReadOllamaReply extends ReadProviderReply {
  public ReadOllamaReply(Dialect dialect, Providers providers) {
    super(dialect, providers);
  }
}

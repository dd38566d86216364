package dev.serai.processors.provider;

import dev.serai.core.dialect.Dialect;
import dev.serai.core.provider.ProviderKeys;
import dev.serai.core.provider.Providers;

/** Writes the current attempt's request in Ollama's dialect. */
public final class WriteOllamaRequest extends WriteProviderRequest {
  public WriteOllamaRequest(
      Dialect dialect, Providers providers, ProviderKeys keys, boolean strict) {
    super(dialect, providers, keys, strict);
  }
}

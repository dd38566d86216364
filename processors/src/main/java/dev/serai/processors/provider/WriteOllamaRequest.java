package dev.serai.processors.provider;

import dev.serai.core.call.Providers;
import dev.serai.core.port.Dialect;
import dev.serai.core.port.Secrets;

/** Writes the current attempt's request in Ollama's dialect. */
public final class WriteOllamaRequest extends WriteProviderRequest {
  public WriteOllamaRequest(Dialect dialect, Providers providers, Secrets secrets, boolean strict) {
    super(dialect, providers, secrets, strict);
  }
}

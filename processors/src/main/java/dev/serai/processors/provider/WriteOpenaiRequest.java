package dev.serai.processors.provider;

import dev.serai.core.call.Providers;
import dev.serai.core.key.ProviderKeys;
import dev.serai.core.port.Dialect;

/** Writes the current attempt's request in OpenAI's dialect. */
public final class WriteOpenaiRequest extends WriteProviderRequest {
  public WriteOpenaiRequest(
      Dialect dialect, Providers providers, ProviderKeys keys, boolean strict) {
    super(dialect, providers, keys, strict);
  }
}

package dev.serai.processors.provider;

import dev.serai.core.call.Providers;
import dev.serai.core.port.Dialect;
import dev.serai.core.port.Secrets;

/** Writes the current attempt's request in OpenAI's dialect. */
public final class WriteOpenaiRequest extends WriteProviderRequest {
  public WriteOpenaiRequest(Dialect dialect, Providers providers, Secrets secrets, boolean strict) {
    super(dialect, providers, secrets, strict);
  }
}

package dev.serai.processors.provider;

import dev.serai.core.call.Providers;
import dev.serai.core.port.Dialect;
import dev.serai.core.port.Secrets;

/** Writes the current attempt's request in Anthropic's dialect. */
public final class WriteAnthropicRequest extends WriteProviderRequest {
  public WriteAnthropicRequest(
      Dialect dialect, Providers providers, Secrets secrets, boolean strict) {
    super(dialect, providers, secrets, strict);
  }
}

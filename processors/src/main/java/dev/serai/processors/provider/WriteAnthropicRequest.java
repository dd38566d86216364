package dev.serai.processors.provider;

import dev.serai.core.dialect.Dialect;
import dev.serai.core.provider.ProviderKeys;
import dev.serai.core.provider.Providers;

/** Writes the current attempt's request in Anthropic's dialect. */
public final class WriteAnthropicRequest extends WriteProviderRequest {
  public WriteAnthropicRequest(
      Dialect dialect, Providers providers, ProviderKeys keys, boolean strict) {
    super(dialect, providers, keys, strict);
  }
}

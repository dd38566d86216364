package dev.serai.processors.provider;

import dev.serai.core.dialect.Dialect;
import dev.serai.core.provider.Providers;

/** Reads a provider's answer in Anthropic's dialect. */
public final class ReadAnthropicReply extends ReadProviderReply {
  public ReadAnthropicReply(Dialect dialect, Providers providers) {
    super(dialect, providers);
  }
}

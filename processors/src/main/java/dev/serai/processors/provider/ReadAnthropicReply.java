package dev.serai.processors.provider;

import dev.serai.core.call.Providers;
import dev.serai.core.port.Dialect;

/** Reads a provider's answer in Anthropic's dialect. */
public final class ReadAnthropicReply extends ReadProviderReply {
  public ReadAnthropicReply(Dialect dialect, Providers providers) {
    super(dialect, providers);
  }
}

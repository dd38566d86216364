package dev.serai.processors.provider;

import dev.serai.core.dialect.Dialect;
import dev.serai.core.provider.Providers;

/** Reads a provider's answer in OpenAI's dialect. */
public final class ReadOpenaiReply extends ReadProviderReply {
  public ReadOpenaiReply(Dialect dialect, Providers providers) {
    super(dialect, providers);
  }
}

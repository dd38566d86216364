package dev.serai.processors.provider;

import dev.serai.core.dialect.Dialect;
import dev.serai.core.provider.Providers;

/** Reads a provider's answer in Bedrock's dialect. */
public final class ReadBedrockReply extends ReadProviderReply {
  public ReadBedrockReply(Dialect dialect, Providers providers) {
    super(dialect, providers);
  }
}

package dev.serai.processors.gemini;

import dev.serai.core.dialect.Dialect;
import dev.serai.core.provider.Providers;
import dev.serai.processors.provider.ReadProviderReply;

/** Reads a provider's answer in Gemini's dialect. */
public final class ReadGeminiReply extends ReadProviderReply {
  public ReadGeminiReply(Dialect dialect, Providers providers) {
    super(dialect, providers);
  }
}

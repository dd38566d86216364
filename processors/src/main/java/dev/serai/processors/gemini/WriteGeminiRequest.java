package dev.serai.processors.gemini;

import dev.serai.core.dialect.Dialect;
import dev.serai.core.provider.ProviderKeys;
import dev.serai.core.provider.Providers;
import dev.serai.processors.provider.WriteProviderRequest;

/** Writes the current attempt's request in Gemini's dialect. */
public final class WriteGeminiRequest extends WriteProviderRequest {
  public WriteGeminiRequest(
      Dialect dialect, Providers providers, ProviderKeys keys, boolean strict) {
    super(dialect, providers, keys, strict);
  }
}

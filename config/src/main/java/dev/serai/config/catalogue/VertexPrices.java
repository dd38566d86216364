package dev.serai.config.catalogue;

import dev.serai.config.provider.Provider;
import java.util.regex.Pattern;

/**
 * Finds the prices of models on Vertex AI, which charges what the publishers of the models do.
 * Claude from 4.5 on costs more outside of the global endpoint: that price is not known.
 */
final class VertexPrices {
  private static final Pattern CLAUDE_BEFORE_4_5 =
      Pattern.compile("claude-(3.*|(opus|sonnet)-4(-[01])?(@.*)?)");

  private VertexPrices() {}

  /** The vendor whose prices apply to a model; empty if they are not known. */
  static String vendor(Provider provider, String model) {
    if (!model.startsWith("claude")) {
      return "gemini";
    }
    boolean global =
        provider.baseUrl().filter(url -> url.endsWith("/locations/global")).isPresent();
    return global || CLAUDE_BEFORE_4_5.matcher(model).matches() ? "anthropic" : "";
  }
}

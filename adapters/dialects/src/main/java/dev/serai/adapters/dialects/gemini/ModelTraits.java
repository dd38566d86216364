package dev.serai.adapters.dialects.gemini;

import dev.serai.core.dialect.Destination;

/**
 * The features of a model, derived from its name as Google names models (gemini-2.5-flash,
 * gemini-3-pro-preview, gemini-flash-latest); a provider's quirks override it. A name without
 * "gemini-" is another model behind this dialect, which is assumed to have the fewest features.
 *
 * @param minBudget the smallest budget of thinking; 0 where thinking can be turned off
 * @param maxBudget the largest
 * @param minimal whether it knows the level "minimal": the fast models up to 3.6, and light ones
 * @param medium whether it knows the level "medium": all but Pro before 3.1
 * @param formatWithTools whether it accepts a response format together with tools: since 3
 * @param validates whether it knows the mode VALIDATED, which holds calls to their schemas: since
 *     2.5
 * @param requiresSignatures whether it rejects calls in the history without a signature: since 3
 * @param imagesInResults whether the result of a tool may contain images: since 3
 */
record ModelTraits(
    Thinking thinking,
    int minBudget,
    int maxBudget,
    boolean minimal,
    boolean medium,
    boolean formatWithTools,
    boolean validates,
    boolean requiresSignatures,
    boolean imagesInResults) {

  /** How thinking is configured. */
  enum Thinking {
    NONE,
    BUDGET,
    LEVEL
  }

  private static final String FAMILY = "gemini-";
  private static final int UNKNOWN = -1;
  private static final int NEWEST = 990;

  static ModelTraits of(Destination destination) {
    String model = destination.model();
    int version = version(model);
    boolean pro = model.contains("pro");
    boolean lite = model.contains("lite");
    return new ModelTraits(
        thinking(destination, version),
        pro ? 128 : 0,
        pro ? 32_768 : 24_576,
        lite || !pro && version < 307,
        lite || !pro || version >= 301,
        version >= 300,
        version >= 205,
        version >= 300,
        version >= 300);
  }

  private static Thinking thinking(Destination destination, int version) {
    if (Quirk.NO_THINKING.of(destination)) {
      return Thinking.NONE;
    }
    if (Quirk.THINKING_LEVEL.of(destination)) {
      return Thinking.LEVEL;
    }
    if (Quirk.THINKING_BUDGET.of(destination)) {
      return Thinking.BUDGET;
    }
    return version < 205 ? Thinking.NONE : version < 300 ? Thinking.BUDGET : Thinking.LEVEL;
  }

  /** 100 times the major plus the minor version; the newest for a Gemini without a number. */
  private static int version(String model) {
    int at = model.indexOf(FAMILY);
    if (at < 0) {
      return UNKNOWN;
    }
    at += FAMILY.length();
    int dot = digits(model, at);
    if (dot == at || dot - at > 2) {
      return NEWEST;
    }
    int major = Integer.parseInt(model, at, dot, 10);
    int end = dot < model.length() && model.charAt(dot) == '.' ? digits(model, dot + 1) : dot;
    boolean minor = end > dot + 1 && end - dot <= 3;
    return 100 * major + (minor ? Integer.parseInt(model, dot + 1, end, 10) : 0);
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}

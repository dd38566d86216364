package dev.serai.adapters.dialects.gemini;

import dev.serai.core.dialect.Destination;

/**
 * What a model takes, told from its name as Google names models (gemini-2.5-flash,
 * gemini-3-pro-preview, gemini-flash-latest); a provider's quirks overrule it. A name without
 * "gemini-" is another model behind this dialect, of which the least is expected.
 *
 * @param leastBudget the smallest budget of thinking it takes; 0 where thinking can be turned off
 * @param mostBudget the largest
 * @param minimal whether it knows the levels "minimal" and, between low and high, "medium"
 * @param formatBesideTools whether an answer may be bound to JSON while tools are offered: since 3
 * @param validates whether it knows the mode VALIDATED, which holds calls to their schemas: since
 *     2.5
 * @param wantsSignatures whether it refuses calls in the history that have no signature: since 3
 * @param picturesInResults whether a tool's result may hold pictures: since 3
 */
record ModelTraits(
    Thinking thinking,
    int leastBudget,
    int mostBudget,
    boolean minimal,
    boolean formatBesideTools,
    boolean validates,
    boolean wantsSignatures,
    boolean picturesInResults) {

  /** How a model is told to think. */
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
        !pro || lite,
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

  /**
   * 100 times the major plus the minor version; the newest for a GeminiDialect without a number.
   */
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

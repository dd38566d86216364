package dev.serai.adapters.dialects.claude;

import dev.serai.core.dialect.Destination;
import java.util.Set;

/**
 * What a model takes, told from its name as Anthropic names models (claude-opus-4-7,
 * claude-3-7-sonnet-20250219); a provider's quirks overrule it. A name without "claude" is another
 * vendor's model behind this dialect, of which the least is expected.
 *
 * @param sampling whether it takes temperature and top_p; gone since version 4.7
 * @param bothSamplings whether it takes both at once; not since version 4
 * @param structured whether it knows output_config.format and strict tools: 4.1, and since 4.5
 * @param thinksUnasked whether it thinks if nothing is said of thinking: since version 5
 * @param alwaysThinks whether it cannot be told not to think
 * @param beyondHigh whether it knows the effort "xhigh": since 4.7
 * @param defaultMaxTokens sent when the caller names no limit, since the dialect wants one: 4,096
 *     up to version 3, 8,192 for 3.5 and unknown models, 32,000 later
 */
public record ClaudeTraits(
    Thinking thinking,
    boolean sampling,
    boolean bothSamplings,
    boolean structured,
    boolean thinksUnasked,
    boolean alwaysThinks,
    boolean beyondHigh,
    int defaultMaxTokens) {

  /** How a model is told to think. */
  public enum Thinking {
    NONE,
    BUDGET,
    ADAPTIVE
  }

  /** The quirk flags that overrule a model's name, as they are written in settings. */
  public static final Set<String> QUIRKS = Quirk.FLAGS;

  private static final int UNKNOWN = -1;
  private static final int NEWEST = 9900;

  /** Of the model and the provider of an attempt. */
  public static ClaudeTraits of(Destination destination) {
    int version = version(destination.model());
    boolean known = version != UNKNOWN;
    return new ClaudeTraits(
        thinking(destination, version),
        version < 407 && !Quirk.NO_SAMPLING.of(destination),
        version < 400,
        structured(destination, version),
        version >= 500,
        destination.model().contains("fable") || destination.model().contains("mythos"),
        version >= 407,
        known && version < 305 ? 4096 : version < 307 ? 8192 : 32_000);
  }

  private static Thinking thinking(Destination destination, int version) {
    if (Quirk.NO_THINKING.of(destination)) {
      return Thinking.NONE;
    }
    if (Quirk.ADAPTIVE_THINKING.of(destination)) {
      return Thinking.ADAPTIVE;
    }
    if (Quirk.BUDGET_THINKING.of(destination) || version == UNKNOWN) {
      return Thinking.BUDGET;
    }
    return version < 307 ? Thinking.NONE : version < 406 ? Thinking.BUDGET : Thinking.ADAPTIVE;
  }

  private static boolean structured(Destination destination, int version) {
    if (Quirk.NO_STRUCTURED_OUTPUT.of(destination)) {
      return false;
    }
    return version == 401 || version >= 405 || Quirk.STRUCTURED_OUTPUT.of(destination);
  }

  /** 100 times the major plus the minor version; the newest for a Claude without a number. */
  private static int version(String model) {
    int at = model.indexOf("claude");
    if (at < 0) {
      return UNKNOWN;
    }
    int major = UNKNOWN;
    while (at < model.length()) {
      int end = at;
      while (end < model.length() && Character.isDigit(model.charAt(end))) {
        end++;
      }
      boolean number = end > at && end - at <= 2;
      if (number && major == UNKNOWN) {
        major = Integer.parseInt(model, at, end, 10);
      } else if (number) {
        return 100 * major + Integer.parseInt(model, at, end, 10);
      } else if (major != UNKNOWN) {
        // A name or a date follows the major version: there is no minor one.
        return 100 * major;
      }
      at = end + 1;
    }
    return major == UNKNOWN ? NEWEST : 100 * major;
  }
}

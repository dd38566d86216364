package dev.serai.adapters.dialects.claude;

import dev.serai.core.dialect.Destination;
import java.util.Set;

/**
 * What a Claude model accepts, derived from its name (claude-opus-4-7, claude-3-7-sonnet-20250219).
 * A provider's quirks override it. A name without "claude" is another vendor's model behind this
 * dialect, with the fewest features.
 *
 * @param sampling whether it accepts temperature and top_p: before 4.7
 * @param samplesTogether whether it accepts both at once: before 4
 * @param structured whether it supports output_config.format and strict tools: 4.1, and from 4.5
 * @param thinksByDefault whether it thinks if the request does not mention thinking: from 5
 * @param alwaysThinks whether thinking cannot be disabled: Fable, Mythos and Opus from 5.5
 * @param disabledType the type of disabled thinking: {@code between_tools} for Sonnet from 5.5
 *     ("What's new in Claude Sonnet 5.5", platform.claude.com/docs)
 * @param forcesTools whether a request can require a call of a tool: not Fable and Mythos from 5.1,
 *     nor Opus and Sonnet from 5.5 ("What's new in Claude Opus 5.5", platform.claude.com/docs)
 * @param bindsThinking whether it rejects thinking if what was before it has changed: Fable and
 *     Mythos from 5.1, others from 5.5 ("Preserved thinking", platform.claude.com/docs)
 * @param beyondHigh whether it supports the effort "xhigh": from 4.7
 * @param defaultMaxTokens sent if the client sets no limit, since the API requires one: 4,096 up to
 *     version 3, 8,192 for 3.5 and unknown models, 32,000 later
 */
public record ClaudeTraits(
    Thinking thinking,
    boolean sampling,
    boolean samplesTogether,
    boolean structured,
    boolean thinksByDefault,
    boolean alwaysThinks,
    String disabledType,
    boolean forcesTools,
    boolean bindsThinking,
    boolean beyondHigh,
    int defaultMaxTokens) {

  /** How a request controls thinking. */
  public enum Thinking {
    /** The model cannot think. */
    NONE,
    /** By a budget of tokens. */
    BUDGET,
    /** By an effort; the model decides how much to think. */
    ADAPTIVE
  }

  /** The quirk flags that override what the model's name says, as written in settings. */
  public static final Set<String> QUIRKS = Quirk.FLAGS;

  private static final int UNKNOWN = -1;
  private static final int NEWEST = 9900;

  /** The traits of the model and the provider of an attempt. */
  public static ClaudeTraits of(Destination destination) {
    int version = version(destination.model());
    boolean known = version != UNKNOWN;
    boolean small = destination.model().contains("haiku");
    boolean medium = destination.model().contains("sonnet");
    boolean binds = isNumbered(version, mythical(destination.model()) ? 501 : 505);
    return new ClaudeTraits(
        thinking(destination, version),
        version < 407 && !Quirk.NO_SAMPLING.of(destination),
        version < 400,
        structured(destination, version),
        version >= 500,
        mythical(destination.model()) || binds && !small && !medium,
        binds && medium ? "between_tools" : "disabled",
        !binds || small,
        binds,
        version >= 407,
        known && version < 305 ? 4096 : version < 307 ? 8192 : 32_000);
  }

  private static boolean mythical(String model) {
    return model.contains("fable") || model.contains("mythos");
  }

  /** Whether a name has a number, and this one or a later one. */
  private static boolean isNumbered(int version, int first) {
    return version >= first && version < NEWEST;
  }

  /** Whether a model is a Claude of that version, as in 405 for 4.5, or a later one. */
  public static boolean isAtLeast(String model, int version) {
    return version(model) >= version;
  }

  /**
   * Whether a model accepts {@code system} messages in mid-conversation on Anthropic's own API:
   * from 4.8 on ("Mid-conversation system messages", platform.claude.com/docs). Clouds do not.
   */
  public static boolean takesSystemTurns(Destination destination) {
    return isAtLeast(destination.model(), 408)
        && !destination.model().contains("preview")
        && !Quirk.NO_SYSTEM_TURNS.of(destination);
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

  /** 100 times the major version plus the minor one; the newest for a Claude without a number. */
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
        // A name or a date follows the major version, so that there is no minor version.
        return 100 * major;
      }
      at = end + 1;
    }
    return major == UNKNOWN ? NEWEST : 100 * major;
  }
}

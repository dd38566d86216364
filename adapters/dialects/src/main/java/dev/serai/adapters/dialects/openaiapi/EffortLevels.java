package dev.serai.adapters.dialects.openaiapi;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The levels of reasoning effort that OpenAI's models accept: each replies 400 to any other
 * ("Reasoning models", platform.openai.com/docs, and the errors of the API, which list them).
 */
final class EffortLevels {
  private static final List<String> ALL =
      List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");
  private static final List<String> REASONING = List.of("low", "medium", "high");

  /** A model's minor version, then its kind. */
  private static final Pattern GPT_5 =
      Pattern.compile("gpt-5(?:\\.(\\d{1,3}))?(?![\\w.])(-pro|-codex-max|-codex)?.*");

  /** Models of the generations after it; some of them always reason. */
  private static final Pattern LATER = Pattern.compile("gpt-[6-9](?!\\d)(?!.*chat).*");

  private static final Pattern ALWAYS_REASONING = Pattern.compile("gpt-6-astra.*|gpt-6\\.1-sol.*");

  private static final Pattern REASONERS = Pattern.compile("o\\d.*|gpt-oss.*");

  private EffortLevels() {}

  /** The levels of a model, lowest first; empty if they are not known. */
  static List<String> of(String model) {
    if (LATER.matcher(model).matches()) {
      return ALWAYS_REASONING.matcher(model).matches()
          ? List.of("low", "medium", "high", "xhigh", "max")
          : general(6);
    }
    Matcher gpt5 = GPT_5.matcher(model);
    if (!gpt5.matches() || model.contains("chat")) {
      return REASONERS.matcher(model).matches() ? REASONING : List.of();
    }
    int minor = gpt5.group(1) == null ? 0 : Integer.parseInt(gpt5.group(1));
    String kind = gpt5.group(2) == null ? "" : gpt5.group(2);
    return switch (kind) {
      case "-pro" -> minor == 0 ? List.of("high") : List.of("medium", "high", "xhigh");
      case "-codex-max" -> List.of("low", "medium", "high", "xhigh");
      case "-codex" -> minor < 2 ? REASONING : List.of("low", "medium", "high", "xhigh");
      default -> general(minor);
    };
  }

  private static List<String> general(int minor) {
    return switch (minor) {
      case 0 -> List.of("minimal", "low", "medium", "high");
      case 1 -> List.of("none", "low", "medium", "high");
      case 2, 3, 4, 5 -> List.of("none", "low", "medium", "high", "xhigh");
      default -> List.of("none", "low", "medium", "high", "xhigh", "max");
    };
  }

  /**
   * The level of these that is nearest to a level, the higher one of two; the level itself if
   * nothing is known of it or of the model.
   */
  static String nearest(String level, List<String> levels) {
    int wanted = ALL.indexOf(level);
    if (wanted < 0 || levels.isEmpty()) {
      return level;
    }
    String nearest = levels.getFirst();
    for (String each : levels) {
      if (distance(each, wanted) <= distance(nearest, wanted)) {
        nearest = each;
      }
    }
    return nearest;
  }

  private static int distance(String level, int wanted) {
    return Math.abs(ALL.indexOf(level) - wanted);
  }
}

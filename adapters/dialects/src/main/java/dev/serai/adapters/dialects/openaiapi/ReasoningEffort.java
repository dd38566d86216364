package dev.serai.adapters.dialects.openaiapi;

import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation.ReasoningSettings;
import dev.serai.core.chat.Conversation.ReasoningSettings.Mode;
import java.util.List;
import java.util.Optional;

/**
 * Converts reasoning settings into effort levels, the only settings of OpenAI's models. Stateless.
 */
public final class ReasoningEffort {
  private static final String DEFAULT = "medium";
  private static final int DEFAULT_BUDGET = 8192;
  private static final int MAX_LOW_BUDGET = 4096;
  private static final int MAX_MEDIUM_BUDGET = 16_384;

  private ReasoningEffort() {}

  /**
   * The level that is wanted of a model. Reasoning that the model shall decide about is a medium
   * one where levels are known: without a level some models do not reason.
   */
  public static Optional<String> of(ReasoningSettings reasoning, ModelTraits model) {
    return of(reasoning).or(() -> decided(reasoning, model.efforts()));
  }

  /** The level that is sent to a model: the nearest one that it accepts. */
  public static Optional<String> sent(ReasoningSettings reasoning, ModelTraits model) {
    Optional<String> wanted =
        reasoning.mode() == Mode.OFF ? Optional.of("none") : of(reasoning, model);
    return wanted
        .filter(_ -> model.takesEffort())
        .map(level -> EffortLevels.nearest(level, model.efforts()));
  }

  private static Optional<String> decided(ReasoningSettings reasoning, List<String> levels) {
    return reasoning.mode() == Mode.ADAPTIVE && !levels.isEmpty()
        ? Optional.of(EffortLevels.nearest(DEFAULT, levels))
        : Optional.empty();
  }

  /** The level; a token budget becomes the nearest one. */
  private static Optional<String> of(ReasoningSettings reasoning) {
    return reasoning.mode() == Mode.ON
        ? reasoning
            .effort()
            .or(() -> Optional.of(level(reasoning.budgetTokens().orElse(DEFAULT_BUDGET))))
        : reasoning.effort();
  }

  /**
   * The level to send to a model: the nearest one that it accepts. A level that changes, or that is
   * not sent, is reported.
   */
  public static Optional<String> fitted(
      ReasoningSettings reasoning, ModelTraits model, DroppedFields dropped) {
    boolean off = reasoning.mode() == Mode.OFF;
    if (!off && reasoning.budgetTokens().isPresent()) {
      dropped.add("thinking.budget_tokens");
    }
    Optional<String> wanted = off ? Optional.of("none") : of(reasoning, model);
    Optional<String> sent = sent(reasoning, model);
    boolean silent = off && sent.isEmpty();
    if (!silent && !sent.equals(wanted)) {
      dropped.add("reasoning_effort");
    }
    return sent;
  }

  /**
   * The level to send to a model that reasons only if it is asked to: the nearest one of these,
   * lowest first. What changes, or is not sent because there are none, is reported.
   */
  public static Optional<String> fitted(
      ReasoningSettings reasoning, List<String> levels, DroppedFields dropped) {
    Optional<String> wanted =
        reasoning.mode() == Mode.OFF
            ? Optional.empty()
            : of(reasoning)
                .or(() -> decided(reasoning, levels))
                .filter(level -> !level.equals("none"));
    if (wanted.isPresent() && reasoning.budgetTokens().isPresent()) {
      dropped.add("thinking.budget_tokens");
    }
    Optional<String> sent =
        wanted.filter(_ -> !levels.isEmpty()).map(level -> EffortLevels.nearest(level, levels));
    if (!sent.equals(wanted)) {
      dropped.add("reasoning_effort");
    }
    return sent.filter(levels::contains);
  }

  private static String level(int budget) {
    return budget <= MAX_LOW_BUDGET ? "low" : budget <= MAX_MEDIUM_BUDGET ? "medium" : "high";
  }
}

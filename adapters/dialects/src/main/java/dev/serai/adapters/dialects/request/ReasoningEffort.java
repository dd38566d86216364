package dev.serai.adapters.dialects.request;

import dev.serai.core.chat.Conversation.ReasoningSettings;
import dev.serai.core.chat.Conversation.ReasoningSettings.Mode;
import java.util.Optional;

/** How much thought is asked for, in the levels that are all that OpenAI's models know. */
public final class ReasoningEffort {
  private static final int USUAL_BUDGET = 8192;
  private static final int MOST_OF_LOW = 4096;
  private static final int MOST_OF_MEDIUM = 16_384;

  private ReasoningEffort() {}

  /** The level asked for; a budget of tokens is said as the nearest one. */
  public static Optional<String> of(ReasoningSettings thinking) {
    return thinking.mode() == Mode.ON
        ? thinking
            .effort()
            .or(() -> Optional.of(level(thinking.budgetTokens().orElse(USUAL_BUDGET))))
        : thinking.effort();
  }

  private static String level(int budget) {
    return budget <= MOST_OF_LOW ? "low" : budget <= MOST_OF_MEDIUM ? "medium" : "high";
  }

  /** Whether one of OpenAI's models can be told: its older ones answer 400. */
  public static boolean isTakenBy(String model) {
    return !model.startsWith("gpt-4") && !model.startsWith("gpt-3");
  }
}

package dev.serai.adapters.dialects.openaiapi;

import dev.serai.core.chat.Conversation.ReasoningSettings;
import dev.serai.core.chat.Conversation.ReasoningSettings.Mode;
import java.util.Optional;

/** Converts reasoning settings into effort levels, the only settings of OpenAI's models. */
public final class ReasoningEffort {
  private static final int DEFAULT_BUDGET = 8192;
  private static final int MAX_LOW_BUDGET = 4096;
  private static final int MAX_MEDIUM_BUDGET = 16_384;

  private ReasoningEffort() {}

  /** The level; a token budget becomes the nearest one. */
  public static Optional<String> of(ReasoningSettings reasoning) {
    return reasoning.mode() == Mode.ON
        ? reasoning
            .effort()
            .or(() -> Optional.of(level(reasoning.budgetTokens().orElse(DEFAULT_BUDGET))))
        : reasoning.effort();
  }

  private static String level(int budget) {
    return budget <= MAX_LOW_BUDGET ? "low" : budget <= MAX_MEDIUM_BUDGET ? "medium" : "high";
  }
}

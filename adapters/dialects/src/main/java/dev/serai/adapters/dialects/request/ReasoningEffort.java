package dev.serai.adapters.dialects.request;

import dev.serai.core.chat.Conversation.ReasoningSettings;
import dev.serai.core.chat.Conversation.ReasoningSettings.Mode;
import java.util.Optional;

/** Maps the requested thinking to OpenAI's levels of effort. */
public final class ReasoningEffort {
  private static final int DEFAULT_BUDGET = 8192;
  private static final int MAX_LOW = 4096;
  private static final int MAX_MEDIUM = 16_384;

  private ReasoningEffort() {}

  /** The requested level; a budget of tokens becomes the nearest level. */
  public static Optional<String> of(ReasoningSettings thinking) {
    return thinking.mode() == Mode.ON
        ? thinking
            .effort()
            .or(() -> Optional.of(level(thinking.budgetTokens().orElse(DEFAULT_BUDGET))))
        : thinking.effort();
  }

  private static String level(int budget) {
    return budget <= MAX_LOW ? "low" : budget <= MAX_MEDIUM ? "medium" : "high";
  }

  /** Whether a model accepts an effort: OpenAI's older ones respond 400. */
  public static boolean isTakenBy(String model) {
    return !model.startsWith("gpt-4") && !model.startsWith("gpt-3");
  }
}

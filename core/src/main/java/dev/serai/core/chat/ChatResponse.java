package dev.serai.core.chat;

import java.util.List;
import java.util.Optional;

/**
 * A whole answer.
 *
 * @param createdSeconds seconds since 1970, 0 if the provider does not say
 * @param usage empty when the provider reported none
 */
public record ChatResponse(
    String id, String model, long createdSeconds, List<Choice> choices, Optional<Usage> usage) {

  /**
   * One of the answers asked for.
   *
   * @param text empty when the model only called tools
   */
  public record Choice(
      int index,
      Optional<String> text,
      Optional<String> reasoning,
      Optional<String> refusal,
      List<ToolCall> toolCalls,
      FinishReason finish) {}
}

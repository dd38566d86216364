package dev.serai.core.chat;

import dev.serai.core.chat.Conversation.Part;
import java.util.List;
import java.util.Optional;

/**
 * A whole answer.
 *
 * @param createdSeconds seconds since 1970, 0 if the provider does not say
 * @param usage empty when the provider reported none
 * @param dropped what of the answer has no place here, in the provider's words
 */
public record ChatResponse(
    String id,
    String model,
    long createdSeconds,
    List<Choice> choices,
    Optional<Usage> usage,
    List<String> dropped) {
  public ChatResponse {
    dropped = List.copyOf(dropped);
  }

  /** An answer that is here as a whole. */
  public ChatResponse(
      String id, String model, long createdSeconds, List<Choice> choices, Optional<Usage> usage) {
    this(id, model, createdSeconds, choices, usage, List.of());
  }

  /**
   * One of the answers asked for.
   *
   * @param parts text, reasoning, pictures and tool calls in the model's order
   */
  public record Choice(int index, List<Part> parts, Optional<String> refusal, FinishReason finish) {
    public Choice {
      parts = List.copyOf(parts);
    }

    /** All its text; empty when the model only called tools. */
    public Optional<String> text() {
      return Parts.text(parts);
    }

    /** All its reasoning that may be read. */
    public Optional<String> reasoning() {
      return Parts.reasoning(parts);
    }

    public List<ToolCall> toolCalls() {
      return Parts.toolCalls(parts);
    }
  }
}

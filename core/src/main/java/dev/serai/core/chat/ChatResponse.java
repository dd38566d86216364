package dev.serai.core.chat;

import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.detail.TextDetails;
import java.util.List;
import java.util.Optional;

/**
 * A non-streaming response.
 *
 * @param createdSeconds seconds since 1970, 0 if unknown
 * @param usage empty when the provider reported none
 * @param dropped fields that this type cannot express, by the provider's names
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

  /** A response without dropped fields. */
  public ChatResponse(
      String id, String model, long createdSeconds, List<Choice> choices, Optional<Usage> usage) {
    this(id, model, createdSeconds, choices, usage, List.of());
  }

  /**
   * One choice of the response.
   *
   * @param parts text, reasoning, images and tool calls in the model's order
   * @param details of all its text
   */
  public record Choice(
      int index,
      List<Part> parts,
      Optional<String> refusal,
      FinishReason finish,
      TextDetails details) {
    public Choice {
      parts = List.copyOf(parts);
    }

    /** A choice without details of its text. */
    public Choice(int index, List<Part> parts, Optional<String> refusal, FinishReason finish) {
      this(index, parts, refusal, finish, TextDetails.NONE);
    }

    /** All its text; empty when the model only called tools. */
    public Optional<String> text() {
      return Parts.text(parts);
    }

    /** All its reasoning that may be read. */
    public Optional<String> reasoning() {
      return Parts.reasoning(parts);
    }

    /** The text of its refusal, also if the model does not explain it; empty if it is none. */
    public Optional<String> refusalText() {
      return refusal.or(
          () ->
              finish.kind() == FinishReason.Kind.REFUSAL
                  ? Optional.of(ChatEvent.RefusalDelta.UNEXPLAINED)
                  : Optional.empty());
    }

    public List<ToolCall> toolCalls() {
      return Parts.toolCalls(parts);
    }
  }
}

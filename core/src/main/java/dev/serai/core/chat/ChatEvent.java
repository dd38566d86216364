package dev.serai.core.chat;

import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.detail.TextDetails;
import dev.serai.core.problem.GatewayProblem;
import java.util.List;
import java.util.Optional;

/**
 * One event of a streamed response. A stream ends with {@link Ended} or {@link Failed}. Immutable,
 * with bytes that must not be changed.
 */
public sealed interface ChatEvent {
  /**
   * Bytes in the caller's dialect, forwarded unchanged. What accounting needs of them follows as
   * {@link UsageReported} and {@link Finished}.
   *
   * @param carriesToken whether a token (text, reasoning, a tool call's part) is in them
   */
  record Relayed(byte[] bytes, boolean carriesToken) implements ChatEvent {}

  /**
   * The response begins.
   *
   * @param createdSeconds seconds since 1970, 0 if unknown
   */
  record Started(String id, String model, long createdSeconds) implements ChatEvent {}

  /** A piece of text of one choice. */
  record TextDelta(int choice, String text) implements ChatEvent {}

  /**
   * Details of the choice's text. Annotations are of text before or after it, log probabilities of
   * the piece of text that comes next.
   */
  record TextDetailed(int choice, TextDetails details) implements ChatEvent {}

  /**
   * The block of text so far is complete, and these are its citations; the next piece of text
   * begins another block. Only for a client that {@linkplain
   * dev.serai.core.request.ChatRequest#takesCitations takes them}.
   *
   * @param citations as {@link Conversation.TextPart} has them
   */
  record TextCited(int choice, List<String> citations) implements ChatEvent {
    public TextCited {
      citations = List.copyOf(citations);
    }

    /** The name of the citations where they are left out. */
    public static final String NAME = "message.citations";
  }

  /** A piece of the model's reasoning. */
  record ReasoningDelta(int choice, String text) implements ChatEvent {}

  /**
   * The reasoning so far is complete, and this is what the provider wants back with it; the next
   * piece of reasoning begins another block. Without any piece before it, the reasoning is hidden.
   */
  record ReasoningState(int choice, OpaqueState state) implements ChatEvent {}

  /** A piece of a refusal. */
  record RefusalDelta(int choice, String text) implements ChatEvent {
    /** The text of a refusal that the model does not explain. */
    public static final String UNEXPLAINED = "The model refused to answer.";
  }

  /** A complete image that the model generated. */
  record ImageGenerated(int choice, ImagePart image) implements ChatEvent {}

  /**
   * A tool call begins.
   *
   * @param index counts the choice's tool calls from 0, independent of the provider's numbers
   * @param state what the provider wants back with the call
   */
  record ToolCallStarted(int choice, int index, String id, String name, Optional<OpaqueState> state)
      implements ChatEvent {
    /** A call without state. */
    public ToolCallStarted(int choice, int index, String id, String name) {
      this(choice, index, id, name, Optional.empty());
    }
  }

  /** A piece of a tool call's arguments, JSON text cut anywhere. */
  record ToolArgumentsDelta(int choice, int index, String fragment) implements ChatEvent {}

  /** A choice is complete. */
  record Finished(int choice, FinishReason reason) implements ChatEvent {}

  /** The provider's count; the last one counts. */
  record UsageReported(Usage usage) implements ChatEvent {}

  /**
   * A field of the response that these events cannot express. Emitted once for each name.
   *
   * @param name the provider's name of the field in a non-streaming response
   */
  record Dropped(String name) implements ChatEvent {}

  /** The stream ended with the terminal event that its format requires. */
  record Ended() implements ChatEvent {}

  /** The stream was cut off or reported a failure. */
  record Failed(GatewayProblem problem) implements ChatEvent {}

  /** Whether the event carries a token: after the first one there is no failover. */
  default boolean carriesToken() {
    return switch (this) {
      case Relayed relayed -> relayed.carriesToken();
      case TextDelta _, ReasoningDelta _, ReasoningState _, RefusalDelta _ -> true;
      case ImageGenerated _, ToolCallStarted _, ToolArgumentsDelta _, Finished _ -> true;
      case Started _, TextDetailed _, TextCited _, UsageReported _, Dropped _, Ended _, Failed _ ->
          false;
    };
  }
}

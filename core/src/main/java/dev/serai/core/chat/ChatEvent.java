package dev.serai.core.chat;

import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.problem.GatewayProblem;
import java.util.Optional;

/**
 * One thing that happens in a streamed answer. A stream ends with {@link Ended} or {@link Failed}.
 */
public sealed interface ChatEvent {
  /**
   * Bytes that are already in the caller's dialect and go out as they are. What they say is told
   * beside them by {@link UsageReported} and {@link Finished}.
   *
   * @param carriesToken whether a token (text, reasoning, a tool call's part) is in them
   */
  record Relayed(byte[] bytes, boolean carriesToken) implements ChatEvent {}

  /**
   * The answer begins.
   *
   * @param createdSeconds seconds since 1970, 0 if the provider does not say
   */
  record Started(String id, String model, long createdSeconds) implements ChatEvent {}

  /** A piece of text of one choice. */
  record TextDelta(int choice, String text) implements ChatEvent {}

  /** A piece of the model's reasoning. */
  record ReasoningDelta(int choice, String text) implements ChatEvent {}

  /**
   * The reasoning so far is complete, and this is what the provider wants back with it; the next
   * piece of reasoning begins another block. Without any piece before it, the reasoning is hidden.
   */
  record ReasoningState(int choice, OpaqueState state) implements ChatEvent {}

  /** A piece of a refusal, which is not an answer. */
  record RefusalDelta(int choice, String text) implements ChatEvent {}

  /** A whole picture that the model made. */
  record ImageGenerated(int choice, ImagePart image) implements ChatEvent {}

  /**
   * A tool call begins.
   *
   * @param index counts the choice's tool calls from 0, whatever the provider counts
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

  /** The provider's count; the last one holds. */
  record UsageReported(Usage usage) implements ChatEvent {}

  /**
   * Something of the answer has no place among these events. Told once for each name.
   *
   * @param name in the provider's words, that of a whole answer
   */
  record Dropped(String name) implements ChatEvent {}

  /** The stream ended with the terminal event its grammar asks for. */
  record Ended() implements ChatEvent {}

  /** The stream broke off or said that it failed. */
  record Failed(GatewayProblem problem) implements ChatEvent {}

  /** Whether this is the first sight of an answer, and so the end of any failover. */
  default boolean carriesToken() {
    return switch (this) {
      case Relayed relayed -> relayed.carriesToken();
      case TextDelta _, ReasoningDelta _, ReasoningState _, RefusalDelta _ -> true;
      case ImageGenerated _, ToolCallStarted _, ToolArgumentsDelta _, Finished _ -> true;
      case Started _, UsageReported _, Dropped _, Ended _, Failed _ -> false;
    };
  }
}

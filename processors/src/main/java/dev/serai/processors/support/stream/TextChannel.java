package dev.serai.processors.support.stream;

import dev.serai.core.chat.ChatEvent;
import java.util.Optional;

/**
 * One text of a streamed response: its pieces belong together.
 *
 * @param index of the tool call; 0 for other texts
 */
public record TextChannel(Kind kind, int choice, int index) {
  /** What the text is. */
  public enum Kind {
    TEXT,
    REASONING,
    REFUSAL,
    ARGUMENTS
  }

  /**
   * A piece of a text.
   *
   * @param channel the text that it belongs to
   */
  public record Piece(TextChannel channel, String text) {}

  /** The piece of a text that an event carries; empty if it carries none. */
  public static Optional<Piece> pieceOf(ChatEvent event) {
    return switch (event) {
      case ChatEvent.TextDelta(int choice, String text) -> piece(Kind.TEXT, choice, 0, text);
      case ChatEvent.ReasoningDelta(int choice, String text) ->
          piece(Kind.REASONING, choice, 0, text);
      case ChatEvent.RefusalDelta(int choice, String text) -> piece(Kind.REFUSAL, choice, 0, text);
      case ChatEvent.ToolArgumentsDelta(int choice, int index, String fragment) ->
          piece(Kind.ARGUMENTS, choice, index, fragment);
      default -> Optional.empty();
    };
  }

  private static Optional<Piece> piece(Kind kind, int choice, int index, String text) {
    return Optional.of(new Piece(new TextChannel(kind, choice, index), text));
  }

  /** The event with a piece of this text. */
  public ChatEvent delta(String piece) {
    return switch (kind) {
      case TEXT -> new ChatEvent.TextDelta(choice, piece);
      case REASONING -> new ChatEvent.ReasoningDelta(choice, piece);
      case REFUSAL -> new ChatEvent.RefusalDelta(choice, piece);
      case ARGUMENTS -> new ChatEvent.ToolArgumentsDelta(choice, index, piece);
    };
  }

  /** Whether this text has ended when another one of the same choice goes on. */
  public boolean endsBefore(TextChannel other) {
    return choice == other.choice && kind != Kind.ARGUMENTS && !equals(other);
  }

  /** Whether an event that is not a piece of a text ends this text, or interrupts it. */
  public boolean endsBefore(ChatEvent event) {
    return switch (event) {
      case ChatEvent.ReasoningState state -> choice == state.choice();
      case ChatEvent.ImageGenerated image -> choice == image.choice();
      case ChatEvent.ToolCallStarted call -> choice == call.choice();
      case ChatEvent.Finished finished -> choice == finished.choice();
      case ChatEvent.Ended _, ChatEvent.Failed _ -> true;
      default -> false;
    };
  }
}

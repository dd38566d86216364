package dev.serai.processors.privacy;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatStream;
import dev.serai.core.privacy.Placeholders;
import dev.serai.core.privacy.TextUnmasker;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Restores the values of a masked call in a streamed response. Each text has an unmasker of its
 * own, which holds back what may be the beginning of a placeholder; it is sent when the text ends.
 * Threads and order of calls as in {@link ChatStream}.
 */
final class UnmaskedStream implements ChatStream {
  private final ChatStream masked;
  private final Placeholders placeholders;
  private final boolean json;

  /**
   * @param json whether the text of the response is JSON
   */
  UnmaskedStream(ChatStream masked, Placeholders placeholders, boolean json) {
    this.masked = masked;
    this.placeholders = placeholders;
    this.json = json;
  }

  @Override
  public void open(Reader reader) {
    masked.open(new Unmasking(reader));
  }

  @Override
  public void pause() {
    masked.pause();
  }

  @Override
  public void resume() {
    masked.resume();
  }

  @Override
  public void cancel() {
    masked.cancel();
  }

  private enum Kind {
    TEXT,
    REASONING,
    REFUSAL,
    ARGUMENTS
  }

  /**
   * One text of the response.
   *
   * @param index of the tool call; 0 for other texts
   */
  private record Channel(Kind kind, int choice, int index) {
    ChatEvent delta(String piece) {
      return switch (kind) {
        case TEXT -> new ChatEvent.TextDelta(choice, piece);
        case REASONING -> new ChatEvent.ReasoningDelta(choice, piece);
        case REFUSAL -> new ChatEvent.RefusalDelta(choice, piece);
        case ARGUMENTS -> new ChatEvent.ToolArgumentsDelta(choice, index, piece);
      };
    }

    /** Whether this text has ended when another one of the same choice goes on. */
    boolean endsBefore(Channel other) {
      return choice == other.choice && kind != Kind.ARGUMENTS && !equals(other);
    }
  }

  /** Passes the events on, with the values. */
  private final class Unmasking implements Reader {
    private final Reader reader;
    private final Map<Channel, TextUnmasker> texts = new LinkedHashMap<>();

    Unmasking(Reader reader) {
      this.reader = reader;
    }

    @Override
    public void onEvent(ChatEvent event) {
      switch (event) {
        case ChatEvent.TextDelta(int choice, String text) ->
            piece(new Channel(Kind.TEXT, choice, 0), text, event);
        case ChatEvent.ReasoningDelta(int choice, String text) ->
            piece(new Channel(Kind.REASONING, choice, 0), text, event);
        case ChatEvent.RefusalDelta(int choice, String text) ->
            piece(new Channel(Kind.REFUSAL, choice, 0), text, event);
        case ChatEvent.ToolArgumentsDelta(int choice, int index, String fragment) ->
            piece(new Channel(Kind.ARGUMENTS, choice, index), fragment, event);
        default -> {
          flushBefore(event);
          reader.onEvent(event);
        }
      }
    }

    private void piece(Channel channel, String piece, ChatEvent event) {
      flush(other -> other.endsBefore(channel));
      boolean escaped = channel.kind == Kind.ARGUMENTS || json && channel.kind == Kind.TEXT;
      String restored =
          texts.computeIfAbsent(channel, _ -> new TextUnmasker(placeholders, escaped)).take(piece);
      if (restored.equals(piece)) {
        reader.onEvent(event);
      } else if (!restored.isEmpty()) {
        reader.onEvent(channel.delta(restored));
      }
    }

    /** What was held back of the texts that end with an event is sent before it. */
    private void flushBefore(ChatEvent event) {
      switch (event) {
        case ChatEvent.ReasoningState state -> flush(text -> text.choice == state.choice());
        case ChatEvent.ImageGenerated image -> flush(text -> text.choice == image.choice());
        case ChatEvent.ToolCallStarted call -> flush(text -> text.choice == call.choice());
        case ChatEvent.Finished finished -> flush(text -> text.choice == finished.choice());
        case ChatEvent.Ended _, ChatEvent.Failed _ -> flush(_ -> true);
        default -> {}
      }
    }

    private void flush(Function<Channel, Boolean> ended) {
      texts.forEach(
          (channel, unmasker) -> {
            String rest = ended.apply(channel) ? unmasker.end() : "";
            if (!rest.isEmpty()) {
              reader.onEvent(channel.delta(rest));
            }
          });
    }

    @Override
    public void onBatchEnd() {
      reader.onBatchEnd();
    }
  }
}

package dev.serai.processors.privacy;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatStream;
import dev.serai.core.privacy.Placeholders;
import dev.serai.core.privacy.TextUnmasker;
import dev.serai.processors.support.stream.TextChannel;
import dev.serai.processors.support.stream.TextChannel.Kind;
import dev.serai.processors.support.stream.TextChannel.Piece;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

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

  /** Passes the events on, with the values. */
  private final class Unmasking implements Reader {
    private final Reader reader;
    private final Map<TextChannel, TextUnmasker> texts = new LinkedHashMap<>();

    Unmasking(Reader reader) {
      this.reader = reader;
    }

    @Override
    public void onEvent(ChatEvent event) {
      Optional<Piece> piece = TextChannel.pieceOf(event);
      if (piece.isPresent()) {
        piece(piece.get(), event);
        return;
      }
      switch (event) {
        case ChatEvent.TextDetailed detailed -> details(detailed);
        case ChatEvent.TextCited cited -> citations(cited);
        default -> {
          flush(text -> text.endsBefore(event));
          reader.onEvent(event);
        }
      }
    }

    /** Details describe the masked text: those of a text that differs are left out. */
    private void details(ChatEvent.TextDetailed detailed) {
      TextUnmasker text = texts.get(new TextChannel(Kind.TEXT, detailed.choice(), 0));
      if (text != null && text.differs()) {
        detailed.details().names().forEach(name -> reader.onEvent(new ChatEvent.Dropped(name)));
      } else {
        reader.onEvent(detailed);
      }
    }

    /** Citations describe the masked documents. */
    private void citations(ChatEvent.TextCited cited) {
      if (!cited.citations().isEmpty()) {
        reader.onEvent(new ChatEvent.Dropped(ChatEvent.TextCited.NAME));
      }
    }

    private void piece(Piece piece, ChatEvent event) {
      TextChannel channel = piece.channel();
      flush(other -> other.endsBefore(channel));
      boolean escaped = channel.kind() == Kind.ARGUMENTS || json && channel.kind() == Kind.TEXT;
      String restored =
          texts
              .computeIfAbsent(channel, _ -> new TextUnmasker(placeholders, escaped))
              .take(piece.text());
      if (restored.equals(piece.text())) {
        reader.onEvent(event);
      } else if (!restored.isEmpty()) {
        reader.onEvent(channel.delta(restored));
      }
    }

    /** What was held back of the texts that have ended is sent. */
    private void flush(Predicate<TextChannel> ended) {
      texts.forEach(
          (channel, unmasker) -> {
            String rest = ended.test(channel) ? unmasker.end() : "";
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

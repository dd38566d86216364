package dev.serai.processors.cache;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatStream;
import dev.serai.core.limit.ByteHold;
import dev.serai.processors.support.stream.ResponseRoom;
import dev.serai.processors.support.stream.StreamedResponse;
import java.util.function.Consumer;

/**
 * A stream that is passed on as it comes, and whose response is given away once it has ended. That
 * of a stream that fails, is cancelled or for which there is no room is not. Threads and order of
 * calls as in {@link ChatStream}.
 */
final class RecordedStream implements ChatStream {
  private final ChatStream source;
  private final ResponseRoom room;
  private final Consumer<ChatResponse> whole;
  private final StreamedResponse response = new StreamedResponse();
  private boolean lost;

  /**
   * @param hold of the call, for the memory that the response takes
   * @param whole receives the response before its last event is passed on
   */
  RecordedStream(ChatStream source, ByteHold hold, Consumer<ChatResponse> whole) {
    this.source = source;
    this.room = new ResponseRoom(hold);
    this.whole = whole;
  }

  @Override
  public void open(Reader reader) {
    source.open(
        new Reader() {
          @Override
          public void onEvent(ChatEvent event) {
            record(event);
            reader.onEvent(event);
          }

          @Override
          public void onBatchEnd() {
            reader.onBatchEnd();
          }
        });
  }

  private void record(ChatEvent event) {
    lost = lost || event instanceof ChatEvent.Relayed || !room.take(event);
    if (lost) {
      room.release();
      return;
    }
    response.add(event);
    if (event instanceof ChatEvent.Ended) {
      whole.accept(response.whole());
      room.release();
    }
  }

  @Override
  public void pause() {
    source.pause();
  }

  @Override
  public void resume() {
    source.resume();
  }

  @Override
  public void cancel() {
    source.cancel();
  }
}

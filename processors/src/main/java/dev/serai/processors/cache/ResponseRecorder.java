package dev.serai.processors.cache;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.limit.ByteHold;
import dev.serai.processors.support.stream.ResponseRoom;
import dev.serai.processors.support.stream.StreamedResponse;
import java.util.function.Consumer;

/**
 * Puts the events of a stream together, and gives the response away once the stream has ended. That
 * of a stream that fails, is cancelled, is too large or for which there is no room is not. For one
 * stream; confined to its thread.
 */
final class ResponseRecorder implements Consumer<ChatEvent> {
  private final ResponseRoom room;
  private final Consumer<ChatResponse> whole;
  private StreamedResponse response = new StreamedResponse();
  private long bytes;
  private boolean lost;

  /**
   * @param hold of the call, for the memory that the response takes
   * @param whole receives the response at the last event
   */
  ResponseRecorder(ByteHold hold, Consumer<ChatResponse> whole) {
    this.room = new ResponseRoom(hold);
    this.whole = whole;
  }

  @Override
  public void accept(ChatEvent event) {
    if (lost) {
      return;
    }
    bytes += ResponseSize.BYTES_PER_CHARACTER * StreamedResponse.length(event);
    lost = event instanceof ChatEvent.Relayed || bytes > CacheResponse.MAX_BYTES;
    if (lost || !room.take(event)) {
      lost = true;
      response = new StreamedResponse();
      room.release();
      return;
    }
    response.add(event);
    if (event instanceof ChatEvent.Ended) {
      whole.accept(response.whole());
      room.release();
    }
  }
}

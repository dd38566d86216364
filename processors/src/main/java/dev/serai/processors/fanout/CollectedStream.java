package dev.serai.processors.fanout;

import dev.serai.core.call.Call;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatStream;
import dev.serai.core.limit.ByteHold;
import dev.serai.core.limit.ByteLimit;
import dev.serai.processors.support.stream.DeferredStream;
import dev.serai.processors.support.stream.ResponseRoom;
import dev.serai.processors.support.stream.StreamedResponse;
import java.util.Optional;

/**
 * A streamed response that is held until its end, because it is compared with others. Its bytes
 * count for the memory limit. Its usage is recorded when it arrives, also if it is not sent.
 * Threads and order of calls as in {@link ChatStream}.
 */
final class CollectedStream extends DeferredStream {
  private final ResponseRoom room;
  private final StreamedResponse response = new StreamedResponse();
  private boolean unread;

  /**
   * @param bytes in the memory limit; the call releases it
   */
  CollectedStream(ChatStream source, Call call, ByteHold bytes) {
    super(source, call);
    call.hold(bytes);
    room = new ResponseRoom(bytes);
  }

  /** The response, once the stream has ended; empty if it has bytes that were not read. */
  Optional<ChatResponse> response() {
    return unread ? Optional.empty() : Optional.of(response.whole());
  }

  @Override
  protected void take(ChatEvent event) {
    if (event instanceof ChatEvent.Failed failed) {
      call().failAttempt(failed.problem());
      reject(failed.problem());
    } else if (room.take(event)) {
      note(event);
      response.add(event);
      send(event);
      if (event instanceof ChatEvent.Ended) {
        pass();
      }
    } else {
      cancelSource();
      call().failAttempt(ByteLimit.exhausted());
      reject(ByteLimit.exhausted());
    }
  }

  /** The attempt ends with the stream, before its events are sent, if they are. */
  private void note(ChatEvent event) {
    switch (event) {
      case ChatEvent.Relayed _ -> unread = true;
      case ChatEvent.Ended _ -> {}
      default -> {
        if (event.carriesToken()) {
          call().recordFirstPiece();
        } else {
          call().observe(event);
        }
      }
    }
  }
}

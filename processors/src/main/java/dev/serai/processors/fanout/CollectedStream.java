package dev.serai.processors.fanout;

import dev.serai.core.call.Call;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatStream;
import dev.serai.core.limit.ByteLimit;
import dev.serai.processors.support.stream.HeldStream;

/**
 * The streamed response of a branch, which is held because it is compared with others. Its usage is
 * recorded when it arrives, also if it is not sent. Threads and order of calls as in {@link
 * ChatStream}.
 */
final class CollectedStream extends HeldStream {
  CollectedStream(ChatStream source, Call call, ByteLimit memory) {
    super(source, call, memory);
  }

  /** The attempt ends with the stream, before its events are sent, if they are. */
  @Override
  protected void held(ChatEvent event) {
    switch (event) {
      case ChatEvent.Relayed _, ChatEvent.Ended _ -> {}
      default -> {
        if (event.carriesToken()) {
          call().recordFirstPiece();
        } else {
          call().observe(event);
        }
      }
    }
  }

  @Override
  protected void exhausted() {
    call().failAttempt(ByteLimit.exhausted());
  }
}

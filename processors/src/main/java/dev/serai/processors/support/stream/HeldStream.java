package dev.serai.processors.support.stream;

import dev.serai.core.call.Call;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatStream;
import dev.serai.core.limit.ByteHold;
import dev.serai.core.limit.ByteLimit;
import java.util.Optional;

/**
 * A streamed response that is held until its end, because it is judged as a whole. Its bytes count
 * for the memory limit. The client then receives all events at once, or a plain error. Threads and
 * order of calls as in {@link ChatStream}.
 */
public class HeldStream extends DeferredStream {
  private final ResponseRoom room;
  private final StreamedResponse response = new StreamedResponse();
  private boolean unread;

  /**
   * @param memory that its bytes are taken from, until the call ends
   */
  public HeldStream(ChatStream source, Call call, ByteLimit memory) {
    super(source, call);
    ByteHold hold = memory.hold();
    call.hold(hold);
    room = new ResponseRoom(hold);
  }

  /** The response, once the stream has ended; empty if it has bytes that were not read. */
  public final Optional<ChatResponse> response() {
    return unread ? Optional.empty() : Optional.of(response.whole());
  }

  /** An event has come and is held. Does nothing unless overridden. */
  protected void held(ChatEvent event) {}

  /** There is no room for the next event, so nothing is sent. Does nothing unless overridden. */
  protected void exhausted() {}

  @Override
  protected final void take(ChatEvent event) {
    if (event instanceof ChatEvent.Failed failed) {
      call().failAttempt(failed.problem());
      reject(failed.problem());
    } else if (room.take(event)) {
      unread |= event instanceof ChatEvent.Relayed;
      held(event);
      response.add(event);
      send(event);
      if (event instanceof ChatEvent.Ended) {
        pass();
      }
    } else {
      cancelSource();
      exhausted();
      reject(ByteLimit.exhausted());
    }
  }
}

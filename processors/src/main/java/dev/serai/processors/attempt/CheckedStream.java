package dev.serai.processors.attempt;

import dev.serai.core.call.Call;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatStream;
import dev.serai.core.limit.ByteHold;
import dev.serai.processors.support.stream.DeferredStream;
import dev.serai.processors.support.stream.ResponseRoom;
import dev.serai.processors.support.stream.StreamedResponse;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A streamed response that is held back until it has passed its check: until its first content, or
 * until its end. One that does not pass is cancelled, and only its usage counts. If there is no
 * memory to hold it, or no other response may replace it any more, it passes. Threads and order of
 * calls as in {@link ChatStream}.
 */
final class CheckedStream extends DeferredStream {
  private final ResponseCheck check;
  private final boolean untilEnd;
  private final BooleanSupplier replaceable;
  private final ResponseRoom room;
  private final StreamedResponse collected = new StreamedResponse();

  /**
   * How a stream is checked.
   *
   * @param untilEnd whether the whole of it is checked
   * @param room for what is held
   * @param replaceable whether another response may replace it, asked when it is of no use
   */
  record Manner(
      ResponseCheck check, boolean untilEnd, ByteHold room, BooleanSupplier replaceable) {}

  CheckedStream(ChatStream source, Call call, Manner manner) {
    super(source, call);
    check = manner.check();
    untilEnd = manner.untilEnd();
    replaceable = manner.replaceable();
    room = new ResponseRoom(manner.room());
    call.hold(manner.room());
  }

  @Override
  protected void take(ChatEvent event) {
    if (!isDecided() && event instanceof ChatEvent.Failed failed) {
      release();
      reject(failed.problem());
      return;
    }
    send(event);
    if (!isDecided()) {
      decide(event);
    }
  }

  private void decide(ChatEvent event) {
    collected.add(event);
    Optional<String> why = Optional.empty();
    if (event instanceof ChatEvent.Ended) {
      why = check.of(collected.whole(), call().chat());
    } else if (event instanceof ChatEvent.RefusalDelta) {
      why = Optional.of("it is a refusal");
    } else if (!isEnough(event) && room.take(event)) {
      return; // it is not known yet
    }
    release();
    if (why.isPresent() && replaceable.getAsBoolean()) {
      cancelSource();
      reject(CheckResponse.failed(call(), why.get()));
    } else {
      pass();
    }
  }

  /** The few events until the first content are sent at once. */
  private void release() {
    if (!untilEnd) {
      room.release();
    }
  }

  /** Whether nothing more has to be seen. An image is not read. */
  private boolean isEnough(ChatEvent event) {
    return switch (event) {
      case ChatEvent.ImageGenerated _, ChatEvent.Relayed _ -> true;
      case ChatEvent.TextDelta(int _, String text) -> !untilEnd && !text.isBlank();
      case ChatEvent.ReasoningDelta _, ChatEvent.ToolCallStarted _ -> !untilEnd;
      default -> false;
    };
  }
}

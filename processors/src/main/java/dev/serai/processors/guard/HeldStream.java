package dev.serai.processors.guard;

import dev.serai.core.call.Call;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatStream;
import dev.serai.core.limit.ByteHold;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.processors.support.StreamedResponse;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A streamed response that is held until its end, because a guard checks it as a whole. Its bytes
 * count for the memory limit. The client then receives all events at once, or a plain error.
 * Threads and order of calls as in {@link ChatStream}.
 */
final class HeldStream implements ChatStream, ChatStream.Reader {
  /** What an event takes besides its text, in bytes. */
  private static final int EVENT = 64;

  /** How much more room is taken at a time. */
  private static final int STEP = 64 * 1024;

  private final ChatStream source;
  private final Call call;
  private final ByteHold room;
  private final StreamedResponse response = new StreamedResponse();
  private final Queue<ChatEvent> events = new ArrayDeque<>();
  private @Nullable Consumer<Optional<GatewayProblem>> waiting;
  private long held;
  private long taken;
  private boolean paused;
  private boolean over;
  private ChatStream.@Nullable Reader reader;

  HeldStream(ChatStream source, Call call, ByteLimit memory) {
    this.source = source;
    this.call = call;
    room = memory.hold();
    call.hold(room);
  }

  /** Reads to the end; {@code then} is called once, with a problem if the stream has failed. */
  void awaitEnd(Consumer<Optional<GatewayProblem>> then) {
    waiting = then;
    source.open(this);
  }

  /** The response, once the stream has ended; empty if it has bytes that were not read. */
  Optional<ChatResponse> response() {
    return events.stream().anyMatch(ChatEvent.Relayed.class::isInstance)
        ? Optional.empty()
        : Optional.of(response.whole());
  }

  @Override
  public void onEvent(ChatEvent event) {
    if (over) {
      return;
    }
    if (event instanceof ChatEvent.Failed failed) {
      call.failAttempt(failed.problem());
      end(Optional.of(failed.problem()));
    } else if (hasRoom(event)) {
      events.add(event);
      response.add(event);
      if (event instanceof ChatEvent.Ended) {
        end(Optional.empty());
      }
    } else {
      source.cancel();
      end(Optional.of(ByteLimit.exhausted()));
    }
  }

  private boolean hasRoom(ChatEvent event) {
    held += EVENT + 3L * StreamedResponse.length(event); // as an event, a part and a text
    if (held <= taken) {
      return true;
    }
    taken = held + STEP;
    return room.resize(taken);
  }

  private void end(Optional<GatewayProblem> problem) {
    over = true;
    Consumer<Optional<GatewayProblem>> then = waiting;
    waiting = null;
    if (problem.isPresent()) {
      discard();
    }
    if (then != null) {
      then.accept(problem);
    }
  }

  /** Nothing of it is sent: only its usage counts. */
  void discard() {
    events.forEach(
        event -> {
          if (!(event instanceof ChatEvent.Ended)) {
            call.observe(event);
          }
        });
    events.clear();
  }

  @Override
  public void open(ChatStream.Reader opened) {
    reader = opened;
    flush();
  }

  private void flush() {
    ChatStream.Reader to = reader;
    while (to != null && !paused && !events.isEmpty()) {
      to.onEvent(events.remove());
    }
    if (to != null) {
      to.onBatchEnd();
    }
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    paused = false;
    flush();
  }

  @Override
  public void cancel() {
    events.clear();
    if (!over) {
      over = true;
      source.cancel();
    }
  }
}

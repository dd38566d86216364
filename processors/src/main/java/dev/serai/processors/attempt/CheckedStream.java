package dev.serai.processors.attempt;

import dev.serai.core.call.Call;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatStream;
import dev.serai.core.limit.ByteHold;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.processors.support.StreamedResponse;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A streamed response that is held back until it has passed its check: until its first content, or
 * until its end. One that does not pass is cancelled, and only its usage counts. If there is no
 * memory to hold it, it passes. Threads and order of calls as in {@link ChatStream}.
 */
final class CheckedStream implements ChatStream, ChatStream.Reader {
  /** What an event takes besides its text, in bytes. */
  private static final int EVENT = 64;

  private static final int BYTES_PER_CHARACTER = 3;

  /** How much more room is taken at a time. */
  private static final int STEP = 64 * 1024;

  private final ChatStream source;
  private final Call call;
  private final Manner manner;
  private final StreamedResponse collected = new StreamedResponse();
  private final Queue<ChatEvent> events = new ArrayDeque<>();
  private @Nullable Consumer<Optional<GatewayProblem>> waiting;
  private ChatStream.@Nullable Reader reader;
  private Optional<GatewayProblem> problem = Optional.empty();
  private long held;
  private long taken;
  private boolean decided;
  private boolean paused;
  private boolean over;

  /**
   * How a stream is checked.
   *
   * @param untilEnd whether the whole of it is checked
   * @param room for what is held
   */
  record Manner(ResponseCheck check, boolean untilEnd, ByteHold room) {}

  CheckedStream(ChatStream source, Call call, Manner manner) {
    this.source = source;
    this.call = call;
    this.manner = manner;
    call.hold(manner.room());
  }

  /** Starts reading; {@code then} is called once, with a problem if it does not pass. */
  void await(Consumer<Optional<GatewayProblem>> then) {
    source.open(this);
    if (decided) {
      begin(then);
    } else {
      waiting = then;
    }
  }

  private void begin(Consumer<Optional<GatewayProblem>> then) {
    waiting = null;
    if (!over) {
      source.pause();
    }
    then.accept(problem);
  }

  @Override
  public void onEvent(ChatEvent event) {
    if (over) {
      return;
    }
    over = event instanceof ChatEvent.Ended || event instanceof ChatEvent.Failed;
    ChatStream.Reader to = reader;
    if (to != null && events.isEmpty() && !paused) {
      to.onEvent(event);
      return;
    }
    if (!decided && event instanceof ChatEvent.Failed failed) {
      reject(failed.problem());
      return;
    }
    events.add(event);
    if (!decided) {
      decide(event);
    }
  }

  private void decide(ChatEvent event) {
    collected.add(event);
    Optional<String> why = Optional.empty();
    if (event instanceof ChatEvent.Ended) {
      why = manner.check().of(collected.whole(), call.chat());
    } else if (event instanceof ChatEvent.RefusalDelta) {
      why = Optional.of("it is a refusal");
    } else if (!isEnough(event) && hasRoom(event)) {
      return; // it is not known yet
    }
    if (why.isPresent()) {
      source.cancel();
      reject(CheckResponse.failed(call, why.get()));
    } else {
      pass();
    }
  }

  /** Whether nothing more has to be seen. An image is not read. */
  private boolean isEnough(ChatEvent event) {
    return switch (event) {
      case ChatEvent.ImageGenerated _, ChatEvent.Relayed _ -> true;
      case ChatEvent.TextDelta(int _, String text) -> !manner.untilEnd() && !text.isBlank();
      case ChatEvent.ReasoningDelta _, ChatEvent.ToolCallStarted _ -> !manner.untilEnd();
      default -> false;
    };
  }

  private boolean hasRoom(ChatEvent event) {
    held += EVENT + (long) BYTES_PER_CHARACTER * StreamedResponse.length(event);
    if (held <= taken) {
      return true;
    }
    taken = held + STEP;
    return manner.room().resize(taken);
  }

  private void pass() {
    decided = true;
    if (!manner.untilEnd()) {
      manner.room().resize(0); // the few events until its first content are sent at once
    }
    Consumer<Optional<GatewayProblem>> then = waiting;
    if (then != null) {
      begin(then);
    }
  }

  /** Nothing of it is sent: only its usage counts. */
  private void reject(GatewayProblem why) {
    over = true;
    problem = Optional.of(why);
    events.forEach(
        event -> {
          if (!(event instanceof ChatEvent.Ended)) {
            call.observe(event);
          }
        });
    events.clear();
    pass();
  }

  @Override
  public void onBatchEnd() {
    if (reader != null) {
      reader.onBatchEnd();
    }
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
    if (!over && !paused) {
      source.resume();
    }
  }

  @Override
  public void pause() {
    paused = true;
    source.pause();
  }

  @Override
  public void resume() {
    paused = false;
    flush();
  }

  @Override
  public void cancel() {
    events.clear();
    over = true;
    source.cancel();
  }
}

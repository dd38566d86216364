package dev.serai.adapters.dialects.stream;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Destination;
import dev.serai.core.problem.GatewayProblem;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Forwards a stream unchanged to a caller who speaks the provider's dialect. Frames are inspected,
 * not rewritten: all complete frames of a piece are forwarded as one {@link ChatEvent.Relayed},
 * without a copy if the piece holds nothing else.
 *
 * <p>Events with empty data are omitted.
 *
 * <p>Model: a <em>run</em> is the bytes of complete frames that have been inspected and not yet
 * forwarded. It ends where a frame is omitted, where an event must be emitted next to the bytes,
 * and at the end of the piece. For one stream; not thread-safe.
 *
 * @param <S> how the bytes are split
 */
public abstract class FramedRelay<S extends Splitter> extends FramedReader<S> {
  private int runStart;
  private boolean runCarriesToken;
  private @Nullable Usage unreported;

  protected FramedRelay(S frames, Destination destination) {
    super(frames, destination);
  }

  /** A piece has been read: a reference to its bytes would hold memory while the stream is idle. */
  protected void release() {}

  @Override
  protected final void beginPiece() {
    runStart = frames().start();
    runCarriesToken = false;
  }

  @Override
  protected final void endPiece(Consumer<ChatEvent> events) {
    forward(frames().start(), events);
    reportUsage(events);
    release();
  }

  /** The frame carries a token. */
  protected final void sawToken() {
    runCarriesToken = true;
  }

  /** The frame carries a count, which is reported at the end of the piece. */
  protected final void sawUsage(Usage usage) {
    unreported = usage;
  }

  /** The caller does not receive the frame. */
  protected final void omit(Consumer<ChatEvent> events) {
    forward(frames().start(), events);
    runStart = frames().end();
  }

  /** Clients parse the data of every event: one without data would fail the response for them. */
  @Override
  protected final void emptyEvent(Consumer<ChatEvent> events) {
    omit(events);
  }

  /** The caller receives these bytes before the frame. */
  protected final void insert(byte[] bytes, Consumer<ChatEvent> events) {
    forward(frames().start(), events);
    events.accept(new ChatEvent.Relayed(bytes, true));
  }

  /** Emits an event behind the bytes of the frame. */
  protected final void emit(ChatEvent event, Consumer<ChatEvent> events) {
    forward(frames().end(), events);
    events.accept(event);
  }

  @Override
  protected final void finish(Consumer<ChatEvent> events) {
    if (!isOver()) {
      forward(frames().end(), events);
      reportUsage(events);
      super.finish(events);
    }
  }

  /** The stream failed: neither the frame nor what follows it is forwarded. */
  @Override
  protected final void fail(GatewayProblem problem, Consumer<ChatEvent> events) {
    forward(frames().start(), events);
    reportUsage(events);
    super.fail(problem, events);
  }

  private void forward(int to, Consumer<ChatEvent> events) {
    if (to > runStart) {
      byte[] buffer = frames().buffer();
      boolean all = runStart == 0 && to == buffer.length;
      byte[] run = all ? buffer : Arrays.copyOfRange(buffer, runStart, to);
      events.accept(new ChatEvent.Relayed(run, runCarriesToken));
    }
    runStart = to;
    runCarriesToken = false;
  }

  private void reportUsage(Consumer<ChatEvent> events) {
    Optional<Usage> usage = Optional.ofNullable(unreported);
    unreported = null;
    usage.ifPresent(counted -> events.accept(new ChatEvent.UsageReported(counted)));
  }
}

package dev.serai.adapters.dialects.stream;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.SseSplitter;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.StreamReader;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands a stream of server-sent events on as it came, to a caller who speaks the provider's
 * dialect. Events are looked at, not taken apart: all whole events of a piece go out as one {@link
 * ChatEvent.Relayed}, without a copy if the piece holds nothing else.
 *
 * <p>Model: a <em>run</em> is the bytes of whole events that have been looked at and not handed on
 * yet. It ends where something is left out, where something must be told beside the bytes, and at
 * the end of the piece. A subclass looks at one event and says what is in it. For one stream; not
 * thread-safe.
 */
public abstract class EventRelay implements StreamReader {
  private final SseSplitter sse;
  private int runStart;
  private boolean runCarriesToken;
  private boolean over;
  private @Nullable Usage untold;

  protected EventRelay() {
    this(SseSplitter.LINE_LIMIT);
  }

  /**
   * @param lineLimit the longest line, in bytes
   */
  protected EventRelay(int lineLimit) {
    this.sse = new SseSplitter(lineLimit);
  }

  /**
   * Looks at one event's data, and calls what of the protected methods it gives rise to.
   *
   * @throws ProviderProblem if it says that the answer failed
   */
  protected abstract void look(byte[] data, int from, int to, Consumer<ChatEvent> events);

  /** A piece is done with: what points to its bytes may keep a silent stream's memory. */
  protected void letGo() {}

  /** The body is over without the last word of the grammar: {@link #finish} or {@link #fail}. */
  protected abstract void brokeOff(Consumer<ChatEvent> events);

  /** What is said when an event is not in the provider's grammar. */
  protected abstract GatewayProblem garbled(MalformedInput where);

  @Override
  public final void read(byte[] piece, Consumer<ChatEvent> events) {
    if (!over) {
      sse.take(piece);
      blocks(events);
    }
  }

  @Override
  public final void end(Consumer<ChatEvent> events) {
    if (over) {
      return;
    }
    sse.finish();
    blocks(events);
    if (!over) {
      brokeOff(events);
    }
  }

  private void blocks(Consumer<ChatEvent> events) {
    runStart = sse.start();
    runCarriesToken = false;
    try {
      while (!over && sse.next()) {
        if (sse.hasData()) {
          look(sse.data(), sse.dataStart(), sse.dataEnd(), events);
        }
      }
    } catch (MalformedInput e) {
      fail(garbled(e), events);
    } catch (ProviderProblem problem) {
      fail(problem, events);
    }
    if (!over) {
      flush(sse.start(), events);
      tellUsage(events);
      sse.letGo();
      letGo();
    }
  }

  /** The event has a token in it. */
  protected final void sawToken() {
    runCarriesToken = true;
  }

  /** The event has a count in it, which is told at the end of the piece. */
  protected final void sawUsage(Usage usage) {
    untold = usage;
  }

  /** The event is not for the caller. */
  protected final void leaveOut(Consumer<ChatEvent> events) {
    flush(sse.start(), events);
    runStart = sse.end();
  }

  /** Tells something beside the bytes, behind those of the event. */
  protected final void tell(ChatEvent event, Consumer<ChatEvent> events) {
    flush(sse.end(), events);
    events.accept(event);
  }

  /** The event is the grammar's last: nothing behind it is read. */
  protected final void finish(Consumer<ChatEvent> events) {
    if (!over) {
      flush(sse.end(), events);
      close(new ChatEvent.Ended(), events);
    }
  }

  /** The stream failed: the event is not handed on, nor what follows. */
  protected final void fail(GatewayProblem problem, Consumer<ChatEvent> events) {
    flush(sse.start(), events);
    close(new ChatEvent.Failed(problem), events);
  }

  private void flush(int to, Consumer<ChatEvent> events) {
    if (to > runStart) {
      byte[] buffer = sse.buffer();
      boolean all = runStart == 0 && to == buffer.length;
      byte[] run = all ? buffer : Arrays.copyOfRange(buffer, runStart, to);
      events.accept(new ChatEvent.Relayed(run, runCarriesToken));
    }
    runStart = to;
    runCarriesToken = false;
  }

  private void tellUsage(Consumer<ChatEvent> events) {
    Optional<Usage> told = Optional.ofNullable(untold);
    untold = null;
    told.ifPresent(usage -> events.accept(new ChatEvent.UsageReported(usage)));
  }

  private void close(ChatEvent last, Consumer<ChatEvent> events) {
    over = true;
    tellUsage(events);
    events.accept(last);
  }
}

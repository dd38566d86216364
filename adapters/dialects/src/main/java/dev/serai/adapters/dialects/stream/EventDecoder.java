package dev.serai.adapters.dialects.stream;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.SseSplitter;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.dialect.StreamReader;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import java.util.function.Consumer;

/**
 * Understands a stream of server-sent events, for a caller of another dialect. A subclass
 * understands one event and calls {@link #close} at the last one. For one stream; not thread-safe.
 */
public abstract class EventDecoder implements StreamReader {
  private final SseSplitter sse;
  private boolean over;

  protected EventDecoder() {
    this(SseSplitter.LINE_LIMIT);
  }

  /**
   * @param lineLimit the longest line, in bytes
   */
  protected EventDecoder(int lineLimit) {
    this.sse = new SseSplitter(lineLimit);
  }

  /**
   * Understands one event's data.
   *
   * @throws ProviderProblem if it says that the answer failed
   */
  protected abstract void event(byte[] data, int from, int to, Consumer<ChatEvent> events);

  /** The body is over without the last word of the grammar: {@link #close}. */
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
    try {
      while (!over && sse.next()) {
        if (sse.hasData()) {
          event(sse.data(), sse.dataStart(), sse.dataEnd(), events);
        }
      }
    } catch (MalformedInput e) {
      close(new ChatEvent.Failed(garbled(e)), events);
    } catch (ProviderProblem problem) {
      close(new ChatEvent.Failed(problem), events);
    }
    if (!over) {
      sse.letGo();
    }
  }

  /** Tells the last event: nothing behind it is read. */
  protected final void close(ChatEvent last, Consumer<ChatEvent> events) {
    over = true;
    events.accept(last);
  }
}

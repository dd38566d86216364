package dev.serai.adapters.dialects.stream;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.SseSplitter;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.problem.GatewayProblem;
import java.util.function.Consumer;

/** Reads a stream of server-sent events into chat events. For one stream; not thread-safe. */
public abstract class EventDecoder extends FramedReader<SseSplitter> {
  protected EventDecoder() {
    this(SseSplitter.LINE_LIMIT);
  }

  /**
   * @param lineLimit the longest line, in bytes
   */
  protected EventDecoder(int lineLimit) {
    super(new SseSplitter(lineLimit));
  }

  /** Reads the data of one event. */
  protected abstract void event(byte[] data, int from, int to, Consumer<ChatEvent> events);

  /** The body ended before the last event of the grammar: {@link #close}. */
  protected abstract void brokeOff(Consumer<ChatEvent> events);

  /** The problem of an event that is not in the provider's grammar. */
  protected abstract GatewayProblem garbled(MalformedInput where);

  @Override
  protected final void frame(byte[] data, int from, int to, Consumer<ChatEvent> events) {
    event(data, from, to, events);
  }

  @Override
  protected final void truncated(Consumer<ChatEvent> events) {
    brokeOff(events);
  }

  @Override
  protected final GatewayProblem malformed(MalformedInput where) {
    return garbled(where);
  }
}

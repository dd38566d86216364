package dev.serai.adapters.dialects.stream;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.SseSplitter;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.problem.GatewayProblem;
import java.util.function.Consumer;

/** Forwards a stream of server-sent events unchanged. For one stream; not thread-safe. */
public abstract class EventRelay extends FramedRelay<SseSplitter> {
  protected EventRelay() {
    this(SseSplitter.LINE_LIMIT);
  }

  /**
   * @param lineLimit the longest line, in bytes
   */
  protected EventRelay(int lineLimit) {
    super(new SseSplitter(lineLimit));
  }

  /** Inspects the data of one event. */
  protected abstract void look(byte[] data, int from, int to, Consumer<ChatEvent> events);

  /** A piece has been read. */
  protected void letGo() {}

  /** The body ended before the last event of the grammar: {@link #finish} or {@link #fail}. */
  protected abstract void brokeOff(Consumer<ChatEvent> events);

  /** The problem of an event that is not in the provider's grammar. */
  protected abstract GatewayProblem garbled(MalformedInput where);

  @Override
  protected final void frame(byte[] data, int from, int to, Consumer<ChatEvent> events) {
    look(data, from, to, events);
  }

  @Override
  protected final void release() {
    letGo();
  }

  @Override
  protected final void truncated(Consumer<ChatEvent> events) {
    brokeOff(events);
  }

  @Override
  protected final GatewayProblem malformed(MalformedInput where) {
    return garbled(where);
  }

  /** The caller does not receive the event. */
  protected final void leaveOut(Consumer<ChatEvent> events) {
    omit(events);
  }

  /** Emits an event behind the bytes of the event. */
  protected final void tell(ChatEvent event, Consumer<ChatEvent> events) {
    emit(event, events);
  }
}

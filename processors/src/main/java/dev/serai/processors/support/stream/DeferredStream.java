package dev.serai.processors.support.stream;

import dev.serai.core.call.Call;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.chat.ChatStream;
import dev.serai.core.problem.GatewayProblem;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * A streamed response whose events wait until it is decided whether they are sent. A subclass sees
 * each event, and decides once: to pass the stream, or to reject it, of which only the usage then
 * counts. They wait too until the reader opens the stream, and the source is paused meanwhile. Then
 * those that wait are sent, as long as the reader does not pause, and others at once. Threads and
 * order of calls as in {@link ChatStream}.
 */
public abstract class DeferredStream implements ChatStream, ChatStream.Reader {
  private final ChatStream source;
  private final Call call;
  private final Queue<ChatEvent> waiting = new ArrayDeque<>(4);
  private @Nullable Consumer<Optional<GatewayProblem>> decision;
  private ChatStream.@Nullable Reader reader;
  private Optional<GatewayProblem> rejection = Optional.empty();
  private boolean decided;
  private boolean paused;
  private boolean over;

  /**
   * @param source the stream of the provider
   */
  protected DeferredStream(ChatStream source, Call call) {
    this.source = source;
    this.call = call;
  }

  /**
   * Makes this stream the response of an exchange and starts reading. The callback is called when
   * it is decided; if nothing is sent, the exchange has the problem then.
   */
  public final void serve(Exchange exchange, AsyncCallback callback) {
    exchange.getMessage().setBody(new ChatReply.Streaming(this));
    await(
        problem -> {
          problem.ifPresent(exchange::setException);
          callback.done(false);
        });
  }

  /** Starts reading; {@code then} is called once, with a problem if nothing is sent. */
  public final void await(Consumer<Optional<GatewayProblem>> then) {
    source.open(this);
    if (decided) {
      begin(then);
    } else {
      decision = then;
    }
  }

  private void begin(Consumer<Optional<GatewayProblem>> then) {
    decision = null;
    if (!over) {
      source.pause();
    }
    then.accept(rejection);
  }

  @Override
  public final void onEvent(ChatEvent event) {
    if (!over) {
      take(event);
    }
  }

  /** Takes the next event of the source, which is not over. */
  protected abstract void take(ChatEvent event);

  /** Sends an event, after those that wait. Nothing is sent after the last one. */
  protected void send(ChatEvent event) {
    if (over) {
      return;
    }
    over = event instanceof ChatEvent.Ended || event instanceof ChatEvent.Failed;
    ChatStream.Reader to = reader;
    if (to != null && waiting.isEmpty()) {
      deliver(event, to);
    } else {
      waiting.add(event);
    }
  }

  /** Gives an event to the reader. */
  protected void deliver(ChatEvent event, ChatStream.Reader to) {
    to.onEvent(event);
  }

  /** Decides that the events are sent. */
  protected final void pass() {
    decided = true;
    Consumer<Optional<GatewayProblem>> then = decision;
    if (then != null) {
      begin(then);
    }
  }

  /** Decides that nothing is sent, for this reason. */
  protected final void reject(GatewayProblem why) {
    over = true;
    rejection = Optional.of(why);
    discard();
    pass();
  }

  /** Drops the events that wait: only the usage in them counts. */
  public final void discard() {
    waiting.forEach(
        event -> {
          if (!(event instanceof ChatEvent.Ended)) {
            call.observe(event);
          }
        });
    waiting.clear();
  }

  /** Ends the request to the provider. */
  protected final void cancelSource() {
    source.cancel();
  }

  /** The call that the response is for. */
  protected final Call call() {
    return call;
  }

  /** Whether it was passed or rejected. */
  protected final boolean isDecided() {
    return decided;
  }

  /** Whether its last event has been sent or waits to be, or it was rejected or cancelled. */
  protected final boolean isOver() {
    return over;
  }

  /** How many events wait. */
  protected final int waiting() {
    return waiting.size();
  }

  @Override
  public final void onBatchEnd() {
    if (reader != null) {
      reader.onBatchEnd();
    }
  }

  @Override
  public final void open(ChatStream.Reader opened) {
    reader = opened;
    deliverWaiting(opened);
  }

  private void deliverWaiting(ChatStream.Reader to) {
    boolean delivers = !paused && !waiting.isEmpty();
    while (!paused && !waiting.isEmpty()) {
      deliver(waiting.remove(), to);
    }
    if (delivers) {
      to.onBatchEnd();
    }
    if (!over && !paused) {
      source.resume();
    }
  }

  @Override
  public final void pause() {
    paused = true;
    if (!over) {
      source.pause();
    }
  }

  @Override
  public final void resume() {
    paused = false;
    if (reader != null) {
      deliverWaiting(reader);
    }
  }

  @Override
  public final void cancel() {
    waiting.clear();
    over = true;
    source.cancel();
  }
}

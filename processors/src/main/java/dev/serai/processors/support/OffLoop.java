package dev.serai.processors.support;

import dev.serai.core.problem.CapacityProblem;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * A step that must block. The exchange moves to a virtual thread for {@link #work} and comes back
 * to its event loop for the next step. At most {@link #MAX_AT_ONCE} exchanges are away at a time;
 * more are refused, so that a slow step cannot pile up requests without bound.
 */
public abstract class OffLoop extends AsyncProcessorSupport {
  static final int MAX_AT_ONCE = 256;

  private final EventLoops loops;
  private final Semaphore places = new Semaphore(MAX_AT_ONCE);

  protected OffLoop(EventLoops loops) {
    this.loops = loops;
  }

  /** The step's work, on a virtual thread. What it throws becomes the exchange's exception. */
  protected abstract void work(Exchange exchange) throws Exception;

  /** Whether there is anything to do; without it the exchange goes on where it is. Never blocks. */
  protected boolean isNeeded(Exchange exchange) {
    return true;
  }

  @Override
  public final boolean process(Exchange exchange, AsyncCallback callback) {
    if (!isNeeded(exchange)) {
      callback.done(true);
      return true;
    }
    if (!places.tryAcquire()) {
      exchange.setException(
          new CapacityProblem(
              "backpressure", "Too many requests at this step.", Duration.ofSeconds(1)));
      callback.done(true);
      return true;
    }
    Thread.ofVirtual().name("off-loop").start(() -> run(exchange, callback));
    return false;
  }

  private void run(Exchange exchange, AsyncCallback callback) {
    try {
      work(exchange);
    } catch (Exception e) { // the edge of a thread: the route's error handling takes it from here
      exchange.setException(e);
    } finally {
      places.release();
      loops.of(exchange).execute(() -> callback.done(false));
    }
  }
}

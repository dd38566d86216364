package dev.serai.processors.support;

import dev.serai.core.problem.CapacityProblem;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * A step that must block, or whose work takes long. The exchange moves to a virtual thread for
 * {@link #work} and returns to its event loop for the next step. At most {@link #MAX_AT_ONCE}
 * exchanges are inside a step that may block at a time; more are refused, so that a slow step
 * cannot collect requests without bound.
 */
public abstract class OffLoop extends AsyncStep {
  static final int MAX_AT_ONCE = 256;

  /** The work on JSON of this length takes up to 20 ms, if it has many small values. */
  private static final int MAX_ON_LOOP = 128 * 1024;

  /** Of steps that never block: long bodies are bounded by the memory limit. */
  protected static final int BOUNDED_BY_MEMORY = Integer.MAX_VALUE;

  private final EventLoops loops;
  private final Semaphore places;

  protected OffLoop(EventLoops loops) {
    this(loops, MAX_AT_ONCE);
  }

  /**
   * @param atOnce how many exchanges may be inside at a time; {@link #BOUNDED_BY_MEMORY} for steps
   *     that must refuse none, since a provider has been paid for it
   */
  protected OffLoop(EventLoops loops, int atOnce) {
    this.loops = loops;
    this.places = new Semaphore(atOnce);
  }

  /**
   * Does the step's work, on a virtual thread.
   *
   * @throws Exception becomes the exception of the exchange
   */
  protected abstract void work(Exchange exchange) throws Exception;

  /** Whether there is work; if not, the exchange stays on its event loop. Must not block. */
  protected boolean isNeeded(Exchange exchange) {
    return true;
  }

  /**
   * Whether the work is done on the event loop, because it takes little time. It must not block
   * then.
   */
  protected boolean isQuick(Exchange exchange) {
    return false;
  }

  /**
   * What the step does on the event loop after its work, also if that has failed. Does nothing
   * unless overridden.
   *
   * @param callback and what is returned: as of {@link #begin}
   */
  protected boolean proceed(Exchange exchange, AsyncCallback callback) {
    return true;
  }

  /** Whether JSON of that length, in bytes, is read or written on the event loop. */
  protected static boolean isShort(long length) {
    return length <= MAX_ON_LOOP;
  }

  @Override
  public boolean begin(Exchange exchange, AsyncCallback callback) {
    if (!isNeeded(exchange)) {
      return true;
    }
    if (isQuick(exchange)) {
      workOn(exchange);
      return proceed(exchange, callback);
    }
    if (!places.tryAcquire()) {
      throw tooManyRequests();
    }
    Thread.ofVirtual().name("off-loop").start(() -> run(exchange, callback));
    return false;
  }

  private static CapacityProblem tooManyRequests() {
    return new CapacityProblem(
        "backpressure", "Too many requests at once. Retry later.", Duration.ofSeconds(1));
  }

  private void run(Exchange exchange, AsyncCallback callback) {
    try {
      workOn(exchange);
    } finally {
      places.release();
      loops.of(exchange).execute(() -> comeBack(exchange, callback));
    }
  }

  private void comeBack(Exchange exchange, AsyncCallback callback) {
    boolean ended = true;
    try {
      ended = proceed(exchange, callback);
    } catch (RuntimeException e) {
      exchange.setException(e);
    }
    if (ended) {
      callback.done(false);
    }
  }

  private void workOn(Exchange exchange) {
    try {
      work(exchange);
    } catch (Throwable e) { // the top of a thread: the route's error handling takes over
      exchange.setException(e);
    }
  }
}

package dev.serai.processors.support;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * A step that may end later, without a thread that waits for it. What it throws becomes the
 * exception of the exchange, so that the route's error handling takes over: Camel does this for
 * steps that end at once, but loses the exchange of one that may end later. Thread-safe if its
 * subclass is.
 */
public abstract class AsyncStep extends AsyncProcessorSupport {

  /**
   * Does the step's work, or begins it.
   *
   * @param callback to be called with false when the work has ended; not if this returns true, and
   *     not before an exception
   * @return whether the work has ended
   */
  public abstract boolean begin(Exchange exchange, AsyncCallback callback);

  @Override
  public final boolean process(Exchange exchange, AsyncCallback callback) {
    boolean ended = true;
    try {
      ended = begin(exchange, callback);
    } catch (RuntimeException e) {
      exchange.setException(e);
    }
    if (ended) {
      callback.done(true);
    }
    return ended;
  }
}

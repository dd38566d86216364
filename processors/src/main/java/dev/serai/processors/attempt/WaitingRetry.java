package dev.serai.processors.attempt;

import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.support.EventLoops;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * An exchange that waits before an attempt. It resumes once: when the time is over, or because its
 * client has disconnected. Confined to the event loop of the exchange.
 */
final class WaitingRetry {
  private final Exchange exchange;
  private final AsyncCallback callback;
  private final Runnable attempt;
  private @Nullable Future<?> timer;
  private Runnable stopListening = () -> {};
  private boolean over;

  /**
   * @param attempt begins the attempt
   */
  WaitingRetry(Exchange exchange, AsyncCallback callback, Runnable attempt) {
    this.exchange = exchange;
    this.callback = callback;
    this.attempt = attempt;
  }

  /** Waits from now on. */
  void begin(EventLoops loops, Duration wait) {
    loops
        .of(exchange)
        .execute(
            () -> {
              timer =
                  loops.of(exchange).schedule(this::elapsed, wait.toNanos(), TimeUnit.NANOSECONDS);
              stopListening = loops.onDisconnect(exchange, this::disconnected);
            });
  }

  private void elapsed() {
    if (isFirst()) {
      stopListening.run();
      attempt.run();
      callback.done(false);
    }
  }

  private void disconnected() {
    if (isFirst()) {
      if (timer != null) {
        timer.cancel(false);
      }
      exchange.setException(CallerProblem.disconnected());
      callback.done(false);
    }
  }

  private boolean isFirst() {
    boolean first = !over;
    over = true;
    return first;
  }
}

package dev.serai.processors.admission;

import dev.serai.core.call.Attempt;
import dev.serai.core.fair.GrantListener;
import dev.serai.core.fair.Ticket;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.time.Ticker;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * An exchange that waits for capacity. It resumes once: with a place, a refusal, or because its
 * client has disconnected. Everything but the turn's two methods runs on its event loop.
 */
final class WaitingAttempt implements GrantListener {

  private final Exchange exchange;
  private final AsyncCallback callback;
  private final EventLoops loops;
  private final Ticker ticker;
  private @Nullable Future<?> timer;
  private Runnable stopListening = () -> {};
  private boolean over;

  WaitingAttempt(Exchange exchange, AsyncCallback callback, EventLoops loops, Ticker ticker) {
    this.exchange = exchange;
    this.callback = callback;
    this.loops = loops;
    this.ticker = ticker;
  }

  /** Waits from now on, for so many nanoseconds at most. */
  void begin(Ticket ticket, long nanos) {
    onLoop(
        () -> {
          if (!over) {
            timer = loops.of(exchange).schedule(ticket::expire, nanos, TimeUnit.NANOSECONDS);
            stopListening = loops.onDisconnect(exchange, this::disconnected);
          }
        });
  }

  @Override
  public void granted(boolean congested) {
    onLoop(
        () -> {
          Attempt attempt = Calls.of(exchange).current();
          attempt.recordWait(ticker.nanos());
          if (congested) {
            attempt.markCongested();
          }
          resume(Optional.empty());
        });
  }

  @Override
  public void refused(Refusal why, Duration retryAfter) {
    String provider = Calls.of(exchange).current().candidate().provider();
    onLoop(() -> resume(Optional.of(CapacityRefusal.of(provider, why, retryAfter))));
  }

  private void disconnected() {
    resume(Optional.of(CallerProblem.disconnected()));
  }

  private void onLoop(Runnable action) {
    if (!EventLoops.run(loops.of(exchange), action)) {
      Calls.of(exchange).failAttempt(CallerProblem.disconnected());
    }
  }

  private void resume(Optional<GatewayProblem> problem) {
    if (over) {
      return;
    }
    over = true;
    if (timer != null) {
      timer.cancel(false);
    }
    stopListening.run();
    problem.ifPresent(exchange::setException);
    callback.done(false);
  }
}

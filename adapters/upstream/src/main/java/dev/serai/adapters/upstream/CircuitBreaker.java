package dev.serai.adapters.upstream;

import dev.serai.core.net.BreakerLimits;
import dev.serai.core.provider.UpstreamState.BreakerState;
import dev.serai.core.time.Ticker;
import java.time.Duration;

/**
 * A circuit breaker that never blocks a call: it says yes or no at once and is told later what came
 * of it.
 *
 * <p>Closed, it keeps the verdicts of the last calls and opens when too many of them were failures.
 * Open, it refuses until its time is over; then it is half open and lets some probes through. All
 * of them must succeed to close it, one failure opens it again. Each change begins a new epoch, and
 * a verdict counts only in the epoch that admitted the call, so a slow answer from before does not
 * pass for a probe.
 *
 * <p>Safe for use by many threads: each method holds the lock for a few instructions.
 */
final class CircuitBreaker {
  /** What {@link #admit} returns for a call that must not be made. */
  static final int REFUSED = -1;

  private final BreakerLimits limits;
  private final Ticker ticker;
  private final boolean[] failedCalls;
  private int recorded;
  private int next;
  private int failures;
  private int epoch;
  private BreakerState state = BreakerState.CLOSED;
  private long openedAt;
  private int probesOut;
  private int probesGood;

  CircuitBreaker(BreakerLimits limits, Ticker ticker) {
    this.limits = limits;
    this.ticker = ticker;
    this.failedCalls = new boolean[limits.window()];
  }

  /** The epoch to give back with the verdict, or {@link #REFUSED}. */
  synchronized int admit() {
    if (state == BreakerState.CLOSED) {
      return epoch;
    }
    if (state == BreakerState.OPEN) {
      if (ticker.nanos() - openedAt < limits.openTime().toNanos()) {
        return REFUSED;
      }
      enter(BreakerState.HALF_OPEN);
    }
    if (probesOut + probesGood >= limits.probes()) {
      return REFUSED;
    }
    probesOut++;
    return epoch;
  }

  /** The call showed that the provider is well. */
  synchronized void succeeded(int admitted) {
    if (admitted != epoch) {
      return;
    }
    if (state == BreakerState.CLOSED) {
      record(false);
    } else {
      probesOut--;
      probesGood++;
      if (probesGood >= limits.probes()) {
        enter(BreakerState.CLOSED);
      }
    }
  }

  /** The call showed that the provider is ill. Returns whether this opened the breaker. */
  synchronized boolean failed(int admitted) {
    if (admitted != epoch) {
      return false;
    }
    if (state == BreakerState.CLOSED) {
      record(true);
      if (recorded < limits.minimumCalls()
          || failures * 100L < (long) limits.failureRatePercent() * recorded) {
        return false;
      }
    }
    openedAt = ticker.nanos();
    enter(BreakerState.OPEN);
    return true;
  }

  /** The call showed nothing: it was given up, or never sent. */
  synchronized void released(int admitted) {
    if (admitted == epoch && state == BreakerState.HALF_OPEN) {
      probesOut--;
    }
  }

  synchronized BreakerState state() {
    return state;
  }

  /**
   * How long until a call may be let through; at least a second, which is what callers are told.
   */
  synchronized Duration retryAfter() {
    long left = limits.openTime().toNanos() - (ticker.nanos() - openedAt);
    return Duration.ofSeconds(Math.max(1, Math.ceilDiv(left, 1_000_000_000L)));
  }

  private void record(boolean failure) {
    if (recorded == failedCalls.length) {
      failures -= failedCalls[next] ? 1 : 0;
    } else {
      recorded++;
    }
    failedCalls[next] = failure;
    failures += failure ? 1 : 0;
    next = (next + 1) % failedCalls.length;
  }

  private void enter(BreakerState entered) {
    state = entered;
    epoch = (epoch + 1) & Integer.MAX_VALUE;
    recorded = 0;
    next = 0;
    failures = 0;
    probesOut = 0;
    probesGood = 0;
  }
}

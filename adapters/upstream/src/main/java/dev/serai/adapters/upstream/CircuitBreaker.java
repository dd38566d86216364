package dev.serai.adapters.upstream;

import dev.serai.core.net.BreakerLimits;
import dev.serai.core.provider.UpstreamState.BreakerState;
import dev.serai.core.time.Ticker;
import java.time.Duration;

/**
 * A circuit breaker that never blocks: {@link #admit} decides at once, and the outcome of the call
 * is reported later.
 *
 * <p>CLOSED, it admits every call, keeps the outcomes of the last ones, and opens when too many of
 * them failed. OPEN, it refuses every call until its time is over. HALF_OPEN, it admits a few
 * probes: if all of them succeed it closes, if one fails it opens again.
 *
 * <p>Every change of state begins a new epoch. {@code admit} returns the epoch, and an outcome
 * counts only in the epoch that admitted its call, so a slow call from before does not count as a
 * probe.
 *
 * <p>Safe for use by many threads: each method holds the lock for a few instructions.
 */
final class CircuitBreaker {
  /** The value that {@link #admit} returns for a call that must not be sent. */
  static final int REFUSED = -1;

  private final BreakerLimits limits;
  private final Ticker ticker;
  private final boolean[] window;
  private int recorded;
  private int next;
  private int failures;
  private int epoch;
  private BreakerState state = BreakerState.CLOSED;
  private long openedAt;
  private int probesPending;
  private int probesSucceeded;

  CircuitBreaker(BreakerLimits limits, Ticker ticker) {
    this.limits = limits;
    this.ticker = ticker;
    this.window = new boolean[limits.window()];
  }

  /** Returns the epoch, to be reported with the outcome, or {@link #REFUSED}. */
  synchronized int admit() {
    if (state == BreakerState.CLOSED) {
      return epoch;
    }
    if (state == BreakerState.OPEN) {
      if (isWithinOpenTime()) {
        return REFUSED;
      }
      enter(BreakerState.HALF_OPEN);
    }
    if (!hasFreeProbe()) {
      return REFUSED;
    }
    probesPending++;
    return epoch;
  }

  /**
   * Like {@link #admit}, for a call whose candidates all have an open breaker: a breaker that may
   * be probed early does not wait until its time is over.
   */
  synchronized int admitEarly() {
    if (state == BreakerState.OPEN && mayProbeEarly()) {
      enter(BreakerState.HALF_OPEN);
    }
    return admit();
  }

  /** Whether it would admit a call by {@link #admitEarly}. */
  synchronized boolean wouldAdmitEarly() {
    return switch (state) {
      case CLOSED -> true;
      case OPEN -> mayProbeEarly();
      case HALF_OPEN -> hasFreeProbe();
    };
  }

  /** Whether it would refuse a call by {@link #admit}. */
  synchronized boolean wouldRefuse() {
    return switch (state) {
      case CLOSED -> false;
      case OPEN -> isWithinOpenTime();
      case HALF_OPEN -> !hasFreeProbe();
    };
  }

  private boolean isWithinOpenTime() {
    return ticker.nanos() - openedAt < limits.openTime().toNanos();
  }

  private boolean mayProbeEarly() {
    return !limits.earlyProbe().isZero()
        && ticker.nanos() - openedAt >= limits.earlyProbe().toNanos();
  }

  private boolean hasFreeProbe() {
    return probesPending + probesSucceeded < limits.probes();
  }

  /** Reports a call that succeeded. */
  synchronized void succeeded(int admitted) {
    if (admitted != epoch) {
      return;
    }
    if (state == BreakerState.CLOSED) {
      record(false);
    } else {
      probesPending--;
      probesSucceeded++;
      if (probesSucceeded >= limits.probes()) {
        enter(BreakerState.CLOSED);
      }
    }
  }

  /** Reports a call that failed. Returns whether this opened the breaker. */
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

  /** Reports a call without an outcome: it was cancelled or never sent. */
  synchronized void released(int admitted) {
    if (admitted == epoch && state == BreakerState.HALF_OPEN) {
      probesPending--;
    }
  }

  synchronized BreakerState state() {
    return state;
  }

  /** Whether it is closed and none of the last calls failed. */
  synchronized boolean isSpotless() {
    return state == BreakerState.CLOSED && failures == 0;
  }

  /** The time until the breaker admits a call, in whole seconds, at least one. */
  synchronized Duration retryAfter() {
    long left =
        state == BreakerState.OPEN ? limits.openTime().toNanos() - (ticker.nanos() - openedAt) : 0;
    return Duration.ofSeconds(Math.max(1, Math.ceilDiv(left, 1_000_000_000L)));
  }

  private void record(boolean failure) {
    if (recorded == window.length) {
      failures -= window[next] ? 1 : 0;
    } else {
      recorded++;
    }
    window[next] = failure;
    failures += failure ? 1 : 0;
    next = (next + 1) % window.length;
  }

  private void enter(BreakerState entered) {
    state = entered;
    epoch = (epoch + 1) & Integer.MAX_VALUE;
    recorded = 0;
    next = 0;
    failures = 0;
    probesPending = 0;
    probesSucceeded = 0;
  }
}

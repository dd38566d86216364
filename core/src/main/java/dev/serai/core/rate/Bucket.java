package dev.serai.core.rate;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Counts one window exactly: what was taken and has not refilled.
 *
 * <p>In a window that refills, a unit is as many parts as the window has microseconds. Then a limit
 * of n units refills n parts in each microsecond, and nothing is ever rounded. Parts do not depend
 * on the limit, so a changed limit applies to what has been taken so far. All other windows count
 * whole units. Every change is one compare-and-set of an immutable state. Thread-safe.
 */
final class Bucket {
  private static final long MAX_USED = Long.MAX_VALUE / 4;
  private static final Duration UNKNOWN = Duration.ofSeconds(1);
  private static final long MICROS_PER_DAY = Duration.ofDays(1).toNanos() / 1000;

  /**
   * The time of one operation.
   *
   * @param micros on the ticker, in microseconds
   * @param day in days since 1970, UTC
   * @param microsOfDay since midnight, UTC
   */
  record Now(long micros, long day, long microsOfDay) {}

  /**
   * @param used parts or units that are taken
   * @param since the time of {@code used}: microseconds, or the day
   * @param begun when that day was seen first, in microseconds
   * @param limit the limit that was applied last; null before the first
   * @param retired whether the bucket has left the store and must not be used
   */
  private record State(
      long used, long since, long begun, @Nullable Allowance limit, boolean retired) {}

  private final boolean day;
  private final boolean refills;
  private final long parts;
  private final AtomicReference<State> state;

  Bucket(Window window, Now now) {
    day = window.isDay();
    refills = !day && !window.length().isZero();
    parts = refills ? window.length().toNanos() / 1000 : 1;
    state =
        new AtomicReference<>(new State(0, day ? now.day : now.micros, now.micros, null, false));
  }

  /**
   * Takes an amount.
   *
   * @return false if the window has less
   */
  boolean tryTake(Allowance allowance, long amount, Now now) {
    while (true) {
      State before = current();
      State fresh = at(before, allowance, now);
      if (before.retired || fresh.used + amount * parts > allowance.capacity() * parts) {
        return false;
      }
      if (state.compareAndSet(before, used(fresh, fresh.used + amount * parts))) {
        return true;
      }
    }
  }

  /** Takes an amount in any case, or gives it back if it is negative. False if it has retired. */
  boolean adjust(Allowance allowance, long amount, Now now) {
    long bounded = Math.clamp(amount, -Allowance.MAX, Allowance.MAX);
    return change(
        before -> {
          State fresh = at(before, allowance, now);
          long used = Math.clamp(fresh.used + bounded * parts, 0, MAX_USED);
          return used(fresh, used);
        });
  }

  /** How many units are taken. */
  double used(Allowance allowance, Now now) {
    return (double) at(current(), allowance, now).used / parts;
  }

  /** Replaces what is taken, unless it is that of the next day. False if it has retired. */
  boolean correct(Allowance allowance, double units, Now now) {
    long used = (long) Math.clamp(units * parts, 0, (double) MAX_USED);
    return change(
        before -> {
          State fresh = at(before, allowance, now);
          if (!day) {
            return used(fresh, used);
          }
          return fresh.since == now.day + 1
              ? fresh
              : new State(used, now.day, fresh.begun, fresh.limit, false);
        });
  }

  private boolean change(UnaryOperator<State> change) {
    while (true) {
      State before = current();
      if (before.retired) {
        return false;
      }
      if (state.compareAndSet(before, change.apply(before))) {
        return true;
      }
    }
  }

  /** Leaves the store for good if it is full, as a new bucket would be. */
  boolean retireIfFull(Now now) {
    State before = current();
    Allowance limit = before.limit;
    if (before.retired || (limit != null && at(before, limit, now).used > 0)) {
      return before.retired;
    }
    return state.compareAndSet(before, new State(0, before.since, before.begun, limit, true));
  }

  boolean isRetired() {
    return current().retired;
  }

  /** How long until an amount can be taken; zero if it can be taken now. */
  Duration wait(Allowance allowance, long amount, Now now) {
    long used = at(current(), allowance, now).used;
    long missing = used + amount * parts - allowance.capacity() * parts;
    if (missing <= 0) {
      return Duration.ZERO;
    }
    return refills ? refill(missing, allowance) : rest(now);
  }

  /** What is left of it. */
  RateReading read(RateRule rule, Now now) {
    Allowance allowance = rule.allowance();
    long used = at(current(), allowance, now).used;
    long left = Math.max(0, allowance.capacity() * parts - used) / parts;
    Duration full = refills ? refill(used, allowance) : used == 0 ? Duration.ZERO : rest(now);
    Duration next = left > 0 ? Duration.ZERO : wait(allowance, 1, now);
    return new RateReading(rule, left, full, next);
  }

  private Duration rest(Now now) {
    return day ? micros(MICROS_PER_DAY - now.microsOfDay) : UNKNOWN;
  }

  private static Duration refill(long parts, Allowance allowance) {
    return micros(Math.ceilDiv(parts, allowance.amount()));
  }

  private static Duration micros(long micros) {
    return Duration.ofSeconds(micros / 1_000_000, micros % 1_000_000 * 1000);
  }

  private State current() {
    return Objects.requireNonNull(state.get());
  }

  private static State used(State fresh, long used) {
    return new State(used, fresh.since, fresh.begun, fresh.limit, false);
  }

  /** The state now, under a limit that may differ from the one before. */
  private State at(State before, Allowance allowance, Now now) {
    long used = before.used;
    long since = before.since;
    long begun = before.begun;
    if (day && begins(before, now)) {
      used = 0;
      since = now.day;
      begun = now.micros;
    } else if (refills && now.micros > since) {
      used = Math.max(0, used - refilled(now.micros - since, allowance.amount()));
      since = now.micros;
    }
    Allowance last = before.limit;
    if (refills && last != null && last.capacity() != allowance.capacity()) {
      used = Math.min(used, allowance.capacity() * parts);
    }
    return new State(used, since, begun, allowance, before.retired);
  }

  /**
   * Whether a day begins. A clock that goes back over midnight, and over it again, begins no day
   * twice; one that was ahead by days, and was set back, has to wait for a day by the ticker.
   */
  private static boolean begins(State before, Now now) {
    return now.day > before.since
        || now.day < before.since && now.micros - before.begun >= MICROS_PER_DAY;
  }

  private static long refilled(long micros, long amount) {
    return micros > Long.MAX_VALUE / amount ? Long.MAX_VALUE : micros * amount;
  }
}

package dev.serai.core.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Caches a value that expires, such as credentials or an access token.
 *
 * <p>Model: at most one fetch runs at a time, and all callers without a usable value wait for it. A
 * value is renewed in the background before it expires, while the old one is still used. After a
 * failure the next fetch begins after a pause, which doubles up to a limit; until then callers
 * without a value fail at once. A clock that was set back to before the last fetch ends every
 * pause: how long that is ago is not known. Thread-safe; never blocks.
 *
 * @param <T> the value
 */
public final class RefreshingValue<T> {
  private static final int MAX_DOUBLINGS = 16;

  /**
   * When a value is fetched.
   *
   * @param unusableBefore how long before its expiration a value is no longer used
   * @param renewBefore how long before its expiration it is renewed
   * @param renewAfter when a value without an expiration is renewed
   * @param firstPause the shortest time from a fetch to the next, and the first pause after a
   *     failure
   * @param maxPause the longest pause after failures
   */
  public record Times(
      Duration unusableBefore,
      Duration renewBefore,
      Duration renewAfter,
      Duration firstPause,
      Duration maxPause) {}

  /**
   * The result of the last fetch.
   *
   * @param fetched when the value was fetched
   * @param ended when the fetch ended, with a value or a failure
   */
  private record Known<T>(
      @Nullable T value,
      Instant unusableFrom,
      @Nullable Throwable failure,
      Instant fetched,
      Instant ended,
      Instant fetchAfter,
      int failures) {

    boolean isDue(Instant now) {
      return !now.isBefore(fetchAfter) || now.isBefore(ended);
    }

    Optional<T> usable(Instant now) {
      return Optional.ofNullable(value).filter(_ -> now.isBefore(unusableFrom));
    }
  }

  private final Times times;
  private final Function<T, Optional<Instant>> expiration;
  private final InstantSource clock;
  private volatile @Nullable Known<T> known;
  private @Nullable CompletableFuture<T> flight;

  /**
   * @param expiration of a value; empty if it does not expire
   */
  public RefreshingValue(
      Times times, Function<T, Optional<Instant>> expiration, InstantSource clock) {
    this.times = times;
    this.expiration = expiration;
    this.clock = clock;
  }

  /**
   * The value, at once if it is cached; fails if there is none.
   *
   * @param fetch starts a fetch, which must end in bounded time
   */
  public CompletableFuture<T> get(Supplier<CompletableFuture<T>> fetch) {
    Known<T> last = known;
    if (last == null) {
      return fetch(null, fetch);
    }
    Instant now = clock.instant();
    boolean due = last.isDue(now);
    Optional<T> usable = last.usable(now);
    if (usable.isPresent()) {
      if (due) {
        fetch(last, fetch);
      }
      return CompletableFuture.completedFuture(usable.get());
    }
    Throwable failure = last.failure();
    return due || failure == null ? fetch(last, fetch) : CompletableFuture.failedFuture(failure);
  }

  /**
   * Forgets a value that has been rejected where it is used. A value that was fetched within the
   * first pause is kept: the next one would be rejected too.
   *
   * @param rejected whether a value is the rejected one
   * @return whether the next caller gets another value
   */
  public synchronized boolean forget(Predicate<T> rejected) {
    Known<T> last = known;
    T value = last == null ? null : last.value();
    if (last == null || value == null || !rejected.test(value)) {
      return true;
    }
    Duration age = Duration.between(last.fetched(), clock.instant());
    if (!age.isNegative() && age.compareTo(times.firstPause()) < 0) {
      return false;
    }
    known = null;
    return true;
  }

  /**
   * Starts a fetch, unless one runs or has ended since.
   *
   * @param seen the state that the caller found insufficient
   */
  private CompletableFuture<T> fetch(
      @Nullable Known<T> seen, Supplier<CompletableFuture<T>> fetch) {
    CompletableFuture<T> begun = new CompletableFuture<>();
    boolean ended;
    synchronized (this) {
      if (flight != null) {
        return flight;
      }
      ended = known != seen;
      flight = ended ? null : begun;
    }
    if (ended) {
      return get(fetch);
    }
    started(fetch).whenComplete((value, failure) -> land(begun, value, failure));
    return begun;
  }

  /** A fetch that cannot start is one that failed. */
  private static <T> CompletableFuture<T> started(Supplier<CompletableFuture<T>> fetch) {
    try {
      return fetch.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void land(CompletableFuture<T> begun, @Nullable T value, @Nullable Throwable failure) {
    Throwable why = failure == null ? new IllegalStateException("no value arrived") : failure;
    synchronized (this) {
      flight = null;
      known = value == null ? failed(known, why) : succeeded(value);
    }
    if (value != null) {
      begun.complete(value);
    } else {
      begun.completeExceptionally(why);
    }
  }

  private Known<T> succeeded(T value) {
    Instant now = clock.instant();
    Instant soon = now.plus(times.firstPause());
    Optional<Instant> end = expiration.apply(value);
    Instant renewal =
        end.map(e -> e.minus(times.renewBefore())).orElse(now.plus(times.renewAfter()));
    Instant unusable = end.map(e -> e.minus(times.unusableBefore())).orElse(Instant.MAX);
    return new Known<>(value, unusable, null, now, now, renewal.isBefore(soon) ? soon : renewal, 0);
  }

  private Known<T> failed(@Nullable Known<T> last, Throwable failure) {
    int failures = last == null ? 0 : last.failures();
    Duration doubled = times.firstPause().multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
    Duration pause = doubled.compareTo(times.maxPause()) < 0 ? doubled : times.maxPause();
    Instant now = clock.instant();
    return new Known<>(
        last == null ? null : last.value(),
        last == null ? Instant.MIN : last.unusableFrom(),
        failure,
        last == null ? Instant.MIN : last.fetched(),
        now,
        now.plus(pause),
        failures + 1);
  }
}

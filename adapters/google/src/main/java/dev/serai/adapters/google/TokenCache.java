package dev.serai.adapters.google;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Caches an access token.
 *
 * <p>Model: at most one fetch runs at a time, and all callers without a usable token wait for it. A
 * token is used until 30 seconds before it expires, and renewed in the background from 225 seconds
 * before, as Google's clients do: the metadata server has a new one only from 300 seconds before.
 * After a failure the next fetch begins a second later, then two, four, at most a minute; until
 * then callers without a token fail at once. Thread-safe; never blocks.
 */
final class TokenCache {
  private static final Duration UNUSABLE_BEFORE = Duration.ofSeconds(30);
  private static final Duration RENEW_BEFORE = Duration.ofSeconds(225);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final int MAX_DOUBLINGS = 6;
  private static final Duration MAX_PAUSE = Duration.ofMinutes(1);

  /**
   * The result of the last fetch.
   *
   * @param fetchAfter when the next one may begin
   * @param failures how many fetches have failed one after another
   */
  private record Known(
      @Nullable AccessToken token, @Nullable Throwable failure, Instant fetchAfter, int failures) {

    @Nullable AccessToken usable(Instant now) {
      return token != null && now.isBefore(token.expires().minus(UNUSABLE_BEFORE)) ? token : null;
    }
  }

  private final InstantSource clock;
  private volatile @Nullable Known known;
  private @Nullable CompletableFuture<AccessToken> flight;

  TokenCache(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * The token, at once if it is cached; fails if there is none.
   *
   * @param fetch starts a fetch, which must end in bounded time
   */
  CompletableFuture<AccessToken> get(Supplier<CompletableFuture<AccessToken>> fetch) {
    Known last = known;
    if (last == null) {
      return fetch(null, fetch);
    }
    Instant now = clock.instant();
    boolean due = !now.isBefore(last.fetchAfter());
    AccessToken usable = last.usable(now);
    if (usable != null) {
      if (due) {
        fetch(last, fetch);
      }
      return CompletableFuture.completedFuture(usable);
    }
    Throwable failure = last.failure();
    return due || failure == null ? fetch(last, fetch) : CompletableFuture.failedFuture(failure);
  }

  /**
   * Starts a fetch, unless one runs or has ended since.
   *
   * @param seen the state that the caller found insufficient
   */
  private CompletableFuture<AccessToken> fetch(
      @Nullable Known seen, Supplier<CompletableFuture<AccessToken>> fetch) {
    CompletableFuture<AccessToken> begun = new CompletableFuture<>();
    synchronized (this) {
      if (flight != null) {
        return flight;
      }
      if (known != seen) {
        return get(fetch);
      }
      flight = begun;
    }
    fetch.get().whenComplete((token, failure) -> land(begun, token, failure));
    return begun;
  }

  private void land(
      CompletableFuture<AccessToken> begun,
      @Nullable AccessToken token,
      @Nullable Throwable failure) {
    synchronized (this) {
      flight = null;
      known = token == null ? failed(known, failure) : succeeded(token);
    }
    if (token != null) {
      begun.complete(token);
    } else {
      begun.completeExceptionally(
          failure == null ? NoTokenException.temporary("no token arrived", "") : failure);
    }
  }

  private Known succeeded(AccessToken token) {
    Instant soon = clock.instant().plus(FIRST_PAUSE);
    Instant renewal = token.expires().minus(RENEW_BEFORE);
    return new Known(token, null, renewal.isBefore(soon) ? soon : renewal, 0);
  }

  private Known failed(@Nullable Known last, @Nullable Throwable failure) {
    int failures = last == null ? 0 : last.failures();
    Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
    Duration pause = doubled.compareTo(MAX_PAUSE) < 0 ? doubled : MAX_PAUSE;
    return new Known(
        last == null ? null : last.token(), failure, clock.instant().plus(pause), failures + 1);
  }
}

package dev.serai.adapters.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Caches credentials.
 *
 * <p>At most one load runs at a time, on a virtual thread, and all callers wait for the same one.
 * Credentials are used until one minute before they expire and are renewed in the background from
 * five minutes before. Credentials without an expiration are loaded again after a minute, while the
 * old ones are still used. After a failure the next load begins five seconds later at the earliest.
 * Thread-safe; never blocks.
 */
final class CredentialCache {
  private static final Logger LOG = LoggerFactory.getLogger(CredentialCache.class);
  private static final Duration UNUSABLE_BEFORE = Duration.ofMinutes(1);
  private static final Duration RENEW_BEFORE = Duration.ofMinutes(5);
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final long SEARCH_SECONDS = 20;

  /** The result of the last load. */
  private record Known(
      @Nullable AwsCredentials credentials, @Nullable Throwable failure, Instant searchAfter) {

    @Nullable AwsCredentials usable(Instant now) {
      boolean expired =
          credentials != null
              && credentials
                  .expiration()
                  .filter(e -> !now.isBefore(e.minus(UNUSABLE_BEFORE)))
                  .isPresent();
      return expired ? null : credentials;
    }
  }

  private final Supplier<CredentialSource> source;
  private final InstantSource clock;
  private volatile @Nullable CredentialSource made;
  private volatile @Nullable Known known;
  private @Nullable CompletableFuture<AwsCredentials> search;

  /**
   * @param source makes the source at the first search, off the event loop
   */
  CredentialCache(Supplier<CredentialSource> source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  /** The credentials, at once if they are cached; fails if there are none. */
  CompletableFuture<AwsCredentials> get() {
    Known last = known;
    if (last == null) {
      return search(null);
    }
    Instant now = clock.instant();
    boolean due = !now.isBefore(last.searchAfter());
    AwsCredentials usable = last.usable(now);
    if (usable != null) {
      if (due) {
        search(last);
      }
      return CompletableFuture.completedFuture(usable);
    }
    Throwable failure = last.failure();
    return due || failure == null ? search(last) : CompletableFuture.failedFuture(failure);
  }

  /**
   * Starts a search, unless one runs or has ended since.
   *
   * @param seen the state that the caller found insufficient
   */
  private synchronized CompletableFuture<AwsCredentials> search(@Nullable Known seen) {
    if (search != null) {
      return search;
    }
    if (known != seen) {
      return get();
    }
    CompletableFuture<AwsCredentials> begun =
        CompletableFuture.supplyAsync(
                this::fetch, task -> Thread.ofVirtual().name("aws-credentials").start(task))
            .orTimeout(SEARCH_SECONDS, TimeUnit.SECONDS);
    search = begun;
    return begun.whenComplete(this::found);
  }

  private AwsCredentials fetch() {
    CredentialSource chain = made;
    if (chain == null) {
      chain = source.get();
      made = chain;
    }
    return chain.fetch();
  }

  private synchronized void found(
      @Nullable AwsCredentials credentials, @Nullable Throwable failure) {
    search = null;
    Instant now = clock.instant();
    Instant soon = now.plus(PAUSE);
    if (credentials == null) {
      LOG.warn("no AWS credentials: {}", String.valueOf(failure));
      Known last = known;
      known = new Known(last == null ? null : last.credentials(), failure, soon);
      return;
    }
    Instant renewal =
        credentials.expiration().map(e -> e.minus(RENEW_BEFORE)).orElse(now.plus(LOOK_AGAIN));
    known = new Known(credentials, null, renewal.isBefore(soon) ? soon : renewal);
  }
}

package dev.serai.adapters.aws;

import dev.serai.core.problem.cause.FailureText;
import dev.serai.core.time.RefreshingValue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads credentials on a virtual thread and caches them. Credentials without an expiration are
 * loaded again after a minute. Thread-safe; never blocks.
 */
final class CredentialCache {
  private static final Logger LOG = LoggerFactory.getLogger(CredentialCache.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final RefreshingValue.Times TIMES =
      new RefreshingValue.Times(
          Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(1), PAUSE, PAUSE);
  private static final long LOAD_SECONDS = 20;

  private final Supplier<CredentialSource> source;
  private final RefreshingValue<AwsCredentials> credentials;
  private volatile @Nullable CredentialSource made;
  private volatile boolean hasFound;

  /**
   * @param source makes the source at the first load, off the event loop
   */
  CredentialCache(Supplier<CredentialSource> source, InstantSource clock) {
    this.source = source;
    this.credentials = new RefreshingValue<>(TIMES, AwsCredentials::expiration, clock);
  }

  /** The credentials, at once if they are cached; fails if there are none. */
  CompletableFuture<AwsCredentials> get() {
    return credentials.get(this::load);
  }

  /** Whether there have been credentials before. */
  boolean hasFound() {
    return hasFound;
  }

  private CompletableFuture<AwsCredentials> load() {
    return CompletableFuture.supplyAsync(
            this::fetch, task -> Thread.ofVirtual().name("aws-credentials").start(task))
        .orTimeout(LOAD_SECONDS, TimeUnit.SECONDS)
        .whenComplete(CredentialCache::log);
  }

  private static void log(@Nullable AwsCredentials found, @Nullable Throwable failure) {
    if (found == null) {
      LOG.warn(
          "no AWS credentials could be loaded; set them in the environment, a profile or a role:"
              + " {}",
          failure == null ? "there are none" : FailureText.of(failure));
    }
  }

  private AwsCredentials fetch() {
    CredentialSource chain = made;
    if (chain == null) {
      chain = source.get();
      made = chain;
    }
    AwsCredentials fetched = chain.fetch();
    hasFound = true;
    return fetched;
  }
}

package dev.serai.gateway.identity.login;

import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.time.Ticker;
import dev.serai.gateway.identity.IssuerClient;
import dev.serai.gateway.identity.IssuerMetadata;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metadata of the issuer in memory, fetched when a login needs it and it is older than the
 * interval. Until that fetch has ended, and while the issuer is unreachable, the last one is used.
 * One fetch runs at a time, and one that failed is not repeated at once. Thread-safe.
 */
final class PublishedMetadata {
  private static final Logger LOG = LoggerFactory.getLogger(PublishedMetadata.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final long MAX_SECONDS = 10;

  private final IssuerClient client;
  private final Duration interval;
  private final Ticker ticker;
  private volatile @Nullable IssuerMetadata last;
  private @Nullable CompletableFuture<IssuerMetadata> fetch;
  private volatile long ended;

  PublishedMetadata(IssuerClient client, Duration interval, Ticker ticker) {
    this.client = client;
    this.interval = interval;
    this.ticker = ticker;
  }

  /** The metadata that was fetched last, if any was. */
  Optional<IssuerMetadata> known() {
    return Optional.ofNullable(last);
  }

  /**
   * The metadata; waits for the issuer if none is known.
   *
   * @throws CapacityProblem 503 if it cannot be fetched, and never was
   */
  IssuerMetadata get() throws InterruptedException {
    CompletableFuture<IssuerMetadata> current = current();
    Optional<IssuerMetadata> known = known();
    if (known.isPresent() && !current.isDone()) {
      return known.get();
    }
    try {
      return current.get();
    } catch (ExecutionException e) {
      return known()
          .orElseThrow(
              () ->
                  new CapacityProblem(
                      "login_unavailable",
                      "The identity provider cannot be reached now. Try again.",
                      PAUSE));
    }
  }

  private synchronized CompletableFuture<IssuerMetadata> current() {
    long now = ticker.nanos();
    CompletableFuture<IssuerMetadata> running = fetch;
    if (running != null) {
      Duration good = running.isCompletedExceptionally() ? PAUSE : interval;
      if (!running.isDone() || now - ended < good.toNanos()) {
        return running;
      }
    }
    CompletableFuture<IssuerMetadata> next =
        CompletableFuture.completedFuture(client)
            .thenCompose(IssuerClient::metadata)
            .orTimeout(MAX_SECONDS, TimeUnit.SECONDS)
            .whenComplete(this::landed);
    fetch = next;
    return next;
  }

  private void landed(@Nullable IssuerMetadata fetched, @Nullable Throwable failure) {
    ended = ticker.nanos();
    if (fetched != null) {
      last = fetched;
    } else {
      LOG.warn(
          "the metadata of the issuer for the login could not be fetched: {}",
          IssuerClient.reason(failure));
    }
  }
}

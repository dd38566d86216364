package dev.serai.gateway.identity;

import dev.serai.core.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys of an issuer in memory. They are fetched in the background: at the start, at an
 * interval, and when a token names a key that is not among them; never twice within ten seconds, so
 * that no caller can make the gateway fetch by sending tokens. While the issuer is unreachable, the
 * last keys are used. Thread-safe; never blocks.
 */
final class IssuerKeys {
  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

  /** Between the beginnings of two fetches. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  private static final int MAX_DOUBLINGS = 3;
  private static final long MAX_SECONDS = 10;

  private final String issuer;
  private final Duration interval;
  private final Supplier<CompletableFuture<List<PublicJwk>>> fetch;
  private final Ticker ticker;
  private volatile List<PublicJwk> keys = List.of();
  private volatile boolean wanted = true;
  private CompletableFuture<Void> next = new CompletableFuture<>();
  private boolean fetching;
  private boolean begun;
  private long beganAt;
  private long due;
  private int failures;

  /**
   * @param issuer its name, for the log
   * @param fetch starts a fetch
   */
  IssuerKeys(
      String issuer,
      Duration interval,
      Supplier<CompletableFuture<List<PublicJwk>>> fetch,
      Ticker ticker) {
    this.issuer = issuer;
    this.interval = interval;
    this.fetch = fetch;
    this.ticker = ticker;
  }

  /** The keys, the same object until they change; empty before they are fetched. */
  List<PublicJwk> current() {
    return keys;
  }

  /**
   * Asks for a fetch, which {@link #refresh} begins.
   *
   * @return whether newer keys can be expected soon; false if they were fetched just now
   */
  synchronized boolean want() {
    if (!fetching && rests()) {
      return false;
    }
    wanted = true;
    return true;
  }

  /** Completes when the next fetch has ended, with or without success. */
  synchronized CompletableFuture<Void> next() {
    return next;
  }

  private boolean rests() {
    return begun && ticker.nanos() - beganAt < PAUSE.toNanos();
  }

  /** Begins a fetch if it is time. A background thread calls it at intervals. */
  void refresh() {
    if (begins()) {
      started()
          .orTimeout(MAX_SECONDS, TimeUnit.SECONDS)
          .whenComplete((fetched, failure) -> landed(fetched, failure).complete(null));
    }
  }

  private synchronized boolean begins() {
    long now = ticker.nanos();
    boolean isDue = begun && now - due >= 0;
    if (fetching || rests() || !(wanted || isDue)) {
      return false;
    }
    fetching = true;
    wanted = false;
    begun = true;
    beganAt = now;
    return true;
  }

  /** A fetch that cannot start is one that failed. */
  private CompletableFuture<List<PublicJwk>> started() {
    return CompletableFuture.completedFuture(fetch).thenCompose(Supplier::get);
  }

  /** Returns what waits for the end of this fetch. */
  private synchronized CompletableFuture<Void> landed(
      @Nullable List<PublicJwk> fetched, @Nullable Throwable failure) {
    CompletableFuture<Void> waiting = next;
    next = new CompletableFuture<>();
    fetching = false;
    if (fetched == null) {
      failed(failure);
    } else {
      failures = 0;
      due = ticker.nanos() + interval.toNanos();
      keys = fetched.equals(keys) ? keys : fetched;
    }
    return waiting;
  }

  private void failed(@Nullable Throwable failure) {
    long pause = PAUSE.toNanos() << Math.min(failures++, MAX_DOUBLINGS);
    due = ticker.nanos() + Math.min(pause, interval.toNanos());
    LOG.warn(
        "the keys of the token issuer {} could not be fetched: {}; {}",
        issuer,
        IssuerClient.reason(failure),
        keys.isEmpty() ? "its tokens get 503 until they are" : "the last ones are used");
  }
}

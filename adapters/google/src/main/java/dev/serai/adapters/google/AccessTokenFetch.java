package dev.serai.adapters.google;

import dev.serai.adapters.google.GoogleSigner.Sender;
import dev.serai.core.http.Reply;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.problem.cause.Causes;
import dev.serai.core.problem.cause.FailureText;
import dev.serai.core.provider.ProviderProfile;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches an access token: finds the credentials and signs on a virtual thread, sends the request
 * as the requests to the provider are sent, with its proxy and TLS rules, and reads the reply on a
 * virtual thread again. Thread-safe; never blocks.
 */
final class AccessTokenFetch {
  private static final Logger LOG = LoggerFactory.getLogger(AccessTokenFetch.class);
  private static final long MAX_REPLY_SECONDS = 8;

  /**
   * A thread for each step that reads a file, signs or reads a reply; its failure is the fetch's.
   */
  private static final Executor STEPS =
      step -> Thread.ofVirtual().name("google-credentials").start(step);

  /** For all of a fetch: files may lie on a drive that hangs. */
  private static final Duration MAX_TIME = Duration.ofSeconds(10);

  private final CredentialFinder finder;
  private final Sender sender;
  private final InstantSource clock;
  private final Duration maxTime;

  AccessTokenFetch(CredentialFinder finder, Sender sender, InstantSource clock) {
    this(finder, sender, clock, MAX_TIME);
  }

  AccessTokenFetch(CredentialFinder finder, Sender sender, InstantSource clock, Duration maxTime) {
    this.finder = finder;
    this.sender = sender;
    this.clock = clock;
    this.maxTime = maxTime;
  }

  /** Credentials, and the request for a token. */
  private record Prepared(AccessTokenSource source, TokenRequest request) {}

  /**
   * Starts a fetch, which ends within ten seconds; a failure is a {@link NoTokenException}.
   *
   * @param provider whose rules apply to the request
   */
  CompletableFuture<AccessToken> start(ProviderProfile provider) {
    return CompletableFuture.supplyAsync(this::prepare, STEPS)
        .thenCompose(prepared -> exchange(prepared, provider))
        .orTimeout(maxTime.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(logged(failure)));
  }

  private Prepared prepare() {
    AccessTokenSource source = finder.find();
    return new Prepared(source, source.request(clock.instant()));
  }

  private CompletableFuture<AccessToken> exchange(Prepared prepared, ProviderProfile provider) {
    AccessTokenSource source = prepared.source();
    TokenRequest request = prepared.request();
    return sender
        .send(provider, request.baseUrl(), request.request())
        .orElseThrow(() -> NoTokenException.temporary("the provider has been removed", ""))
        .orTimeout(MAX_REPLY_SECONDS, TimeUnit.SECONDS)
        .handleAsync((reply, failure) -> read(source, reply, failure), STEPS);
  }

  private AccessToken read(
      AccessTokenSource source, @Nullable Reply reply, @Nullable Throwable failure) {
    if (reply == null) {
      String message = source.noReply();
      throw NoTokenException.temporary(message, detail(failure));
    }
    return AccessTokenReply.read(source, reply, clock.instant());
  }

  private static String detail(@Nullable Throwable failure) {
    return switch (failure) {
      case ProviderProblem problem ->
          problem.message() + problem.detail().map(more -> " " + more).orElse("");
      case GatewayProblem problem -> problem.message();
      case null, default -> "no reply within " + MAX_REPLY_SECONDS + " seconds";
    };
  }

  private static Throwable logged(Throwable failure) {
    NoTokenException known = known(Causes.unwrapped(failure));
    LOG.warn(
        "could not get a Google access token: {}{}",
        known.getMessage(),
        known.detail().map(detail -> " (" + detail + ")").orElse(""));
    return known;
  }

  private static NoTokenException known(Throwable cause) {
    return switch (cause) {
      case NoTokenException none -> none;
      case TimeoutException _ ->
          NoTokenException.temporary("the credentials were not read in time", "");
      default ->
          NoTokenException.temporary("the token could not be fetched", FailureText.of(cause));
    };
  }
}

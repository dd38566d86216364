package dev.serai.adapters.google;

import dev.serai.adapters.google.GoogleSigner.Sender;
import dev.serai.core.http.Reply;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.provider.ProviderProfile;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches an access token: finds the credentials and signs on a virtual thread, then sends the
 * request as the requests to the provider are sent, with its proxy and TLS rules. Thread-safe;
 * never blocks.
 */
final class TokenFetch {
  private static final Logger LOG = LoggerFactory.getLogger(TokenFetch.class);
  private static final long MAX_SECONDS = 10;

  private final CredentialFinder finder;
  private final Sender sender;
  private final InstantSource clock;

  TokenFetch(CredentialFinder finder, Sender sender, InstantSource clock) {
    this.finder = finder;
    this.sender = sender;
    this.clock = clock;
  }

  /** Credentials, and the request for a token. */
  private record Prepared(TokenSource source, TokenRequest request) {}

  /**
   * Starts a fetch, which ends within ten seconds; a failure is a {@link NoTokenException}.
   *
   * @param provider whose rules apply to the request
   */
  CompletableFuture<AccessToken> start(ProviderProfile provider) {
    return CompletableFuture.supplyAsync(
            this::prepare, task -> Thread.ofVirtual().name("google-credentials").start(task))
        .thenCompose(prepared -> exchange(prepared, provider))
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(logged(failure)));
  }

  private Prepared prepare() {
    TokenSource source = finder.find();
    return new Prepared(source, source.request(clock.instant()));
  }

  private CompletableFuture<AccessToken> exchange(Prepared prepared, ProviderProfile provider) {
    TokenSource source = prepared.source();
    TokenRequest request = prepared.request();
    return sender
        .send(provider, request.baseUrl(), request.request())
        .orElseThrow(() -> NoTokenException.temporary("the provider has been removed", ""))
        .orTimeout(MAX_SECONDS, TimeUnit.SECONDS)
        .handleAsync((reply, failure) -> read(source, reply, failure));
  }

  private AccessToken read(TokenSource source, @Nullable Reply reply, @Nullable Throwable failure) {
    if (reply == null) {
      String message = source.server() + " does not answer for " + source.label();
      throw NoTokenException.temporary(message, detail(failure));
    }
    return TokenReply.read(source, reply, clock.instant());
  }

  private static String detail(@Nullable Throwable failure) {
    return switch (failure) {
      case ProviderProblem problem ->
          problem.message() + problem.detail().map(more -> " " + more).orElse("");
      case GatewayProblem problem -> problem.message();
      case null, default -> "no reply within " + MAX_SECONDS + " seconds";
    };
  }

  private static Throwable logged(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    NoTokenException known =
        cause instanceof NoTokenException none
            ? none
            : NoTokenException.temporary("the token could not be fetched", cause.toString());
    LOG.warn(
        "no access token of Google: {}{}",
        known.getMessage(),
        known.detail().map(detail -> " (" + detail + ")").orElse(""));
    return known;
  }
}

package dev.serai.adapters.google;

import dev.serai.core.dialect.RequestSigner;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.problem.cause.Causes;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.time.RefreshingValue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Adds an access token of Google Cloud to requests. The credentials are those of {@code
 * VERTEX_CREDENTIALS} or {@code GOOGLE_APPLICATION_CREDENTIALS} (the key of a service account, or
 * the login of a user, as JSON or as the path of a file), the login of gcloud, or those of the
 * machine. The token is cached and renewed in the background. Thread-safe; never blocks.
 */
public final class GoogleSigner implements RequestSigner {
  /**
   * As Google's clients do: the metadata server has a new token only from 300 seconds before the
   * old one expires.
   */
  private static final RefreshingValue.Times TIMES =
      new RefreshingValue.Times(
          Duration.ofSeconds(30),
          Duration.ofSeconds(225),
          Duration.ofMinutes(1),
          Duration.ofSeconds(1),
          Duration.ofMinutes(1));

  private final RefreshingValue<AccessToken> cache;
  private final AccessTokenFetch fetch;

  /** Sends the gateway's own requests. */
  @FunctionalInterface
  public interface Sender {
    /** Sends to an address with the rules of a provider; empty if the provider has been removed. */
    Optional<CompletableFuture<Reply>> send(
        ProviderProfile provider, String baseUrl, ProviderRequest request);
  }

  /**
   * @param variables the whole value of a variable
   */
  public GoogleSigner(
      Function<String, Optional<String>> variables, Sender sender, InstantSource clock) {
    cache = new RefreshingValue<>(TIMES, token -> Optional.of(token.expires()), clock);
    fetch = new AccessTokenFetch(new CredentialFinder(variables), sender, clock);
  }

  @Override
  public CompletableFuture<ProviderRequest> sign(
      ProviderRequest request, ProviderProfile provider, String baseUrl) {
    return cache
        .get(() -> fetch.start(provider))
        .handle(
            (token, failure) -> {
              if (token == null) {
                throw new CompletionException(noToken(provider, failure));
              }
              add(request.headers(), token);
              return request;
            });
  }

  @Override
  public boolean forget(Headers sent) {
    String rejected = sent.first("authorization").orElse("");
    return cache.forget(token -> token.authorization().equals(rejected));
  }

  private static void add(HeaderFields headers, AccessToken token) {
    headers.add("authorization", token.authorization());
    token.quotaProject().ifPresent(project -> headers.add("x-goog-user-project", project));
  }

  private static ProviderProblem noToken(ProviderProfile provider, Throwable failure) {
    Throwable cause = Causes.unwrapped(failure);
    boolean temporary = cause instanceof NoTokenException none && none.isTemporary();
    String why = cause instanceof NoTokenException none ? ": " + none.getMessage() : "";
    FailureCause failureCause =
        temporary ? FailureCause.CREDENTIALS_UNAVAILABLE : FailureCause.CREDENTIALS;
    return ProviderProblem.of(provider.name(), failureCause, 502)
        .message(
            "The gateway has no credentials for the provider '" + provider.name() + "'" + why + ".")
        .build();
  }
}

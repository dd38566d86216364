package dev.serai.gateway.identity;

import dev.serai.config.auth.IssuerSettings;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.net.BaseUrl;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.cause.Causes;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to an issuer. Redirects are not followed, and nothing that a token says is used.
 * Thread-safe; never blocks.
 */
public final class IssuerClient {
  private static final int MAX_BYTES = 256 * 1024;
  private static final String METADATA = "/.well-known/openid-configuration";

  private final IssuerSettings issuer;
  private final TokenIssuers.Sender sender;

  public IssuerClient(IssuerSettings issuer, TokenIssuers.Sender sender) {
    this.issuer = issuer;
    this.sender = sender;
  }

  /** Fetches the metadata (OpenID Connect Discovery 1.0, section 4). */
  public CompletableFuture<IssuerMetadata> metadata() {
    return get(URI.create(BaseUrl.withoutSlash(issuer.issuer()) + METADATA))
        .thenApply(json -> IssuerMetadata.read(issuer.issuer(), json));
  }

  /** Fetches a document. */
  CompletableFuture<byte[]> get(URI url) {
    return send(url, ProviderRequest.get(path(url), accepting()))
        .thenApply(
            reply -> {
              if (reply.status() != 200) {
                throw new IllegalArgumentException("the reply has the status " + reply.status());
              }
              return reply.body();
            });
  }

  /**
   * Sends a form.
   *
   * @param authorization the field of that name; empty for none
   */
  public CompletableFuture<Reply.Complete> post(URI url, byte[] form, String authorization) {
    HeaderFields headers = accepting().add("content-type", "application/x-www-form-urlencoded");
    if (!authorization.isEmpty()) {
      headers.add("authorization", authorization);
    }
    return send(
        url, ProviderRequest.post(path(url), headers, form, ProviderRequest.ReplyKind.WHOLE));
  }

  private CompletableFuture<Reply.Complete> send(URI url, ProviderRequest request) {
    return sender
        .send(issuer.name(), IssuerMetadata.origin(url), request)
        .thenApply(IssuerClient::whole);
  }

  private static HeaderFields accepting() {
    return new HeaderFields().add("accept", "application/json");
  }

  private static String path(URI url) {
    return url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
  }

  private static Reply.Complete whole(Reply reply) {
    if (!(reply instanceof Reply.Complete whole)) {
      throw new IllegalArgumentException("the reply is not whole");
    }
    if (whole.body().length > MAX_BYTES) {
      throw new IllegalArgumentException("the reply is longer than " + MAX_BYTES + " bytes");
    }
    return whole;
  }

  /** Why a request failed, for the log. The HTTP client calls every server a provider. */
  public static String reason(@Nullable Throwable failure) {
    return switch (failure == null ? null : Causes.unwrapped(failure)) {
      case GatewayProblem problem -> problem.message().replace("provider '", "issuer '");
      case IllegalArgumentException wrong -> String.valueOf(wrong.getMessage());
      case TimeoutException _ -> "no reply in time";
      case null -> "no reply";
      default -> "the request failed";
    };
  }
}

package dev.serai.gateway.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.config.auth.IssuerSettings;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.net.BaseUrl;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.cause.Causes;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the public keys of an issuer: from the address of the settings, or from that of its
 * OpenID Connect metadata (OpenID Connect Discovery 1.0, section 4). Every address is https, or on
 * the loopback if that of the settings is; redirects are not followed. Nothing that a token says is
 * used. Thread-safe; never blocks.
 */
final class KeySetFetch {
  private static final int MAX_BYTES = 256 * 1024;
  private static final String METADATA = "/.well-known/openid-configuration";

  private final IssuerSettings issuer;
  private final Sender sender;

  /** Sends the gateway's own requests. */
  @FunctionalInterface
  interface Sender {
    /** Sends a request to an address without a path. */
    CompletableFuture<Reply> send(String origin, ProviderRequest request);
  }

  KeySetFetch(IssuerSettings issuer, Sender sender) {
    this.issuer = issuer;
    this.sender = sender;
  }

  /** Starts a fetch. Its failures have a message for the log. */
  CompletableFuture<List<PublicJwk>> start() {
    Optional<URI> configured = issuer.jwksUrl();
    CompletableFuture<URI> address =
        configured.isPresent()
            ? CompletableFuture.completedFuture(configured.get())
            : get(URI.create(withoutSlash(issuer.issuer()) + METADATA)).thenApply(this::address);
    return address.thenCompose(this::get).thenApply(JwkReader::read);
  }

  private static String withoutSlash(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private CompletableFuture<byte[]> get(URI url) {
    String path = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
    HeaderFields headers = new HeaderFields().add("accept", "application/json");
    return sender
        .send(origin(url), ProviderRequest.get(path, headers))
        .thenApply(KeySetFetch::body);
  }

  private static String origin(URI url) {
    return url.getScheme() + "://" + url.getRawAuthority();
  }

  private static byte[] body(Reply reply) {
    if (reply.status() != 200) {
      throw new IllegalArgumentException("the reply has the status " + reply.status());
    }
    byte[] body = reply instanceof Reply.Complete whole ? whole.body() : new byte[0];
    if (body.length > MAX_BYTES) {
      throw new IllegalArgumentException("the reply is longer than " + MAX_BYTES + " bytes");
    }
    return body;
  }

  private URI address(byte[] metadata) {
    JsonNode tree;
    try {
      tree = StrictJson.tree(metadata);
    } catch (MalformedInput e) {
      throw new IllegalArgumentException("the metadata is not valid JSON", e);
    }
    if (!issuer.issuer().equals(tree.path("issuer").textValue())) {
      throw new IllegalArgumentException("the metadata is that of another issuer");
    }
    return safe(tree.path("jwks_uri").asText());
  }

  private URI safe(String url) {
    URI uri = URI.create(url);
    boolean plain = "http".equalsIgnoreCase(uri.getScheme());
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    if (uri.getRawAuthority() == null
        || uri.getRawUserInfo() != null
        || !(tls || (plain && isLocal(origin(uri)) && isLocal(issuer.issuer())))) {
      throw new IllegalArgumentException("jwks_uri of the metadata is not an https address");
    }
    return uri;
  }

  private static boolean isLocal(String url) {
    return BaseUrl.parse(url).isLoopback();
  }

  /** Why a fetch failed, for the log. The HTTP client calls every server a provider. */
  static String reason(@Nullable Throwable failure) {
    return switch (failure == null ? null : Causes.unwrapped(failure)) {
      case GatewayProblem problem -> problem.message().replace("provider '", "issuer '");
      case IllegalArgumentException wrong -> String.valueOf(wrong.getMessage());
      case TimeoutException _ -> "no reply in time";
      case null -> "no reply";
      default -> "the request failed";
    };
  }
}

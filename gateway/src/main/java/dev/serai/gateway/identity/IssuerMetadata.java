package dev.serai.gateway.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.net.BaseUrl;
import java.net.URI;
import java.util.Optional;

/**
 * What an issuer publishes about itself (OpenID Connect Discovery 1.0, section 3; RFC 8414, section
 * 2; OpenID Connect RP-Initiated Logout 1.0, section 2.1). Every address is https, or on the
 * loopback if the issuer is. Immutable.
 *
 * @param keys where its public keys are
 * @param authorization where people log in
 * @param token where codes are redeemed
 * @param endSession where people log out
 * @param namesItself whether it names itself when it sends a browser back (RFC 9207, section 3)
 * @param secretInForm whether it takes the secret of a client in the form only
 */
public record IssuerMetadata(
    URI keys,
    Optional<URI> authorization,
    Optional<URI> token,
    Optional<URI> endSession,
    boolean namesItself,
    boolean secretInForm) {
  /**
   * Reads metadata.
   *
   * @param issuer who must have published it, exactly
   * @throws IllegalArgumentException if it is that of another issuer, or its keys have no safe
   *     address; the message is for the log
   */
  static IssuerMetadata read(String issuer, byte[] json) {
    JsonNode tree;
    try {
      tree = StrictJson.tree(json);
    } catch (MalformedInput e) {
      throw new IllegalArgumentException("the metadata is not valid JSON", e);
    }
    if (!issuer.equals(tree.path("issuer").textValue())) {
      throw new IllegalArgumentException("the metadata is that of another issuer");
    }
    return new IssuerMetadata(
        keys(issuer, tree),
        safe(issuer, tree.path("authorization_endpoint")),
        safe(issuer, tree.path("token_endpoint")),
        safe(issuer, tree.path("end_session_endpoint")),
        tree.path("authorization_response_iss_parameter_supported").asBoolean(),
        takesSecretInFormOnly(tree.path("token_endpoint_auth_methods_supported")));
  }

  private static URI keys(String issuer, JsonNode metadata) {
    return safe(issuer, metadata.path("jwks_uri"))
        .orElseThrow(
            () -> new IllegalArgumentException("jwks_uri of the metadata is not an https address"));
  }

  /** The address, or empty if it may not be used: then only what needs it fails. */
  private static Optional<URI> safe(String issuer, JsonNode value) {
    try {
      URI uri = URI.create(value.asText());
      boolean plain = "http".equalsIgnoreCase(uri.getScheme());
      boolean tls = "https".equalsIgnoreCase(uri.getScheme());
      boolean plainly = plain && isLocal(issuer) && isLocal(origin(uri));
      return uri.getRawAuthority() != null
              && uri.getRawUserInfo() == null
              && uri.getRawFragment() == null
              && (tls || plainly)
          ? Optional.of(uri)
          : Optional.empty();
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  /** A client without this member uses the field Authorization (section 3). */
  private static boolean takesSecretInFormOnly(JsonNode methods) {
    boolean basic = !methods.isArray();
    boolean form = false;
    for (JsonNode method : methods) {
      basic |= "client_secret_basic".equals(method.textValue());
      form |= "client_secret_post".equals(method.textValue());
    }
    return form && !basic;
  }

  private static boolean isLocal(String url) {
    return BaseUrl.parse(url).isLoopback();
  }

  static String origin(URI url) {
    return url.getScheme() + "://" + url.getRawAuthority();
  }
}

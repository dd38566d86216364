package dev.serai.config.auth;

import dev.serai.config.annotation.Required;
import dev.serai.config.annotation.Secret;
import dev.serai.core.caller.Identity;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An issuer of tokens (JWT) for callers.
 *
 * @param name its name in usage and in the log, as that of a key
 * @param issuer the claim iss of its tokens; its keys are found from this address by OpenID Connect
 *     discovery, unless jwks_url or secret is set
 * @param audiences a token must name one of these in its claim aud; required unless secret is set
 * @param algorithms with which its tokens may be signed; if left out, RS256 and ES256, or HS256
 *     with a secret
 * @param secret secret of at least 32 bytes that its tokens are signed with, for HS256 and the like
 * @param jwksUrl address of its public keys (JWK Set): https, or http on the loopback
 * @param refresh how often its public keys are fetched
 * @param leeway how much the clocks may differ when the times of a token are checked
 * @param tenant who pays if the token has no such claim
 * @param role what a token may do that has no role and no permission of its own: the name of a
 *     role, as keys have it
 * @param roles which role of Serai a role of the issuer is
 * @param models the models that a token without such a claim may call; * if left out
 * @param claims where a token says who calls
 */
public record IssuerSettings(
    @Required String name,
    @Required String issuer,
    List<String> audiences,
    List<TokenAlgorithm> algorithms,
    Optional<Secret> secret,
    Optional<URI> jwksUrl,
    Duration refresh,
    Duration leeway,
    String tenant,
    String role,
    Map<String, String> roles,
    List<String> models,
    ClaimSettings claims) {
  public IssuerSettings {
    audiences = List.copyOf(audiences);
    algorithms = List.copyOf(algorithms);
    roles = Map.copyOf(roles);
    models = List.copyOf(models);
  }

  /** Without a name and an issuer, which must be set; users of the tenant public. */
  public static IssuerSettings defaults() {
    return new IssuerSettings(
        "",
        "",
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Duration.ofMinutes(5),
        Duration.ofSeconds(30),
        Identity.PUBLIC,
        "user",
        Map.of(),
        List.of("*"),
        ClaimSettings.defaults());
  }

  /** The algorithms that are accepted, also if none are written. */
  public List<TokenAlgorithm> accepted() {
    if (!algorithms.isEmpty()) {
      return algorithms;
    }
    return secret.isPresent()
        ? List.of(TokenAlgorithm.HS_256)
        : List.of(TokenAlgorithm.RS_256, TokenAlgorithm.ES_256);
  }
}

package dev.serai.gateway.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.config.annotation.Secret;
import dev.serai.config.auth.IssuerSettings;
import dev.serai.config.auth.TokenAlgorithm;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Roles;
import dev.serai.core.problem.CapacityProblem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An issuer whose tokens are accepted, with its keys and rules. It has either a shared secret or
 * public keys, and the algorithms of the settings only: a token cannot choose (RFC 8725, sections
 * 3.1 and 3.2). Thread-safe.
 */
final class TrustedIssuer {
  /** An algorithm that a message may show. */
  private static final Pattern ALGORITHM = Pattern.compile("[A-Za-z0-9-]{1,16}");

  private static final Duration SOON = Duration.ofSeconds(1);

  /** Tokens without the name of a key are tried with this many keys at most. */
  private static final int MAX_TRIED = 4;

  private final IssuerSettings settings;
  private final byte[] secret;
  private final IssuerKeys keys;
  private final ClaimMapping mapping;

  /**
   * A token that is good.
   *
   * @param expires when the token ends
   * @param keys those that it was verified with
   */
  record Verified(Identity identity, Instant expires, List<PublicJwk> keys) {}

  /**
   * @param roles those that the settings may name
   * @param keys fetched ones; without effect if the settings have a secret
   */
  TrustedIssuer(IssuerSettings settings, Roles roles, IssuerKeys keys) {
    this.settings = settings;
    this.secret = settings.secret().map(Secret::reveal).orElse("").getBytes(StandardCharsets.UTF_8);
    this.keys = keys;
    this.mapping = new ClaimMapping(settings, roles);
  }

  IssuerSettings settings() {
    return settings;
  }

  IssuerKeys keys() {
    return keys;
  }

  boolean isShared() {
    return settings.secret().isPresent();
  }

  /**
   * Verifies a token of this issuer.
   *
   * @throws InvalidTokenException if it must not be accepted
   * @throws CapacityProblem 503 if the key that it names may be among those that are being fetched
   */
  Verified verify(JsonWebToken token, Instant now) throws InvalidTokenException {
    List<PublicJwk> used = checkSignature(token);
    Instant expires = checkTimes(token.claims(), now);
    checkAudience(token.claims());
    return new Verified(mapping.identity(token.claims()), expires, used);
  }

  /**
   * Verifies an ID token of this issuer, whose audience is the client that has asked for it.
   *
   * @throws InvalidTokenException if it must not be accepted
   * @throws CapacityProblem 503 if the key that it names may be among those that are being fetched
   */
  Identity verify(IdToken token, Instant now) throws InvalidTokenException {
    JsonWebToken parsed = JsonWebToken.parse(token.text());
    checkSignature(parsed);
    checkTimes(parsed.claims(), now);
    token.check(parsed.claims(), settings.issuer());
    return mapping.identity(parsed.claims());
  }

  private List<PublicJwk> checkSignature(JsonWebToken token) throws InvalidTokenException {
    TokenAlgorithm algorithm = algorithm(token);
    List<PublicJwk> used = keys.current();
    boolean good =
        isShared()
            ? SignatureCheck.verifies(algorithm, secret, token)
            : candidates(used, algorithm, token).stream()
                .anyMatch(key -> SignatureCheck.verifies(algorithm, key, token));
    if (!good) {
      throw InvalidTokenException.forged();
    }
    return used;
  }

  private TokenAlgorithm algorithm(JsonWebToken token) throws InvalidTokenException {
    for (TokenAlgorithm accepted : settings.accepted()) {
      if (accepted.toString().equals(token.algorithm()) && accepted.isShared() == isShared()) {
        return accepted;
      }
    }
    boolean known = ALGORITHM.matcher(token.algorithm()).matches();
    String accepted =
        String.join(" or ", settings.accepted().stream().map(TokenAlgorithm::toString).toList());
    throw new InvalidTokenException(
        "The algorithm of the token (alg) is "
            + (known ? token.algorithm() : "unknown")
            + "; from its issuer, "
            + accepted
            + " is accepted.");
  }

  private List<PublicJwk> candidates(
      List<PublicJwk> known, TokenAlgorithm algorithm, JsonWebToken token)
      throws InvalidTokenException {
    Optional<String> wanted = token.keyId();
    List<PublicJwk> fitting =
        known.stream()
            .filter(key -> key.fits(algorithm))
            .filter(key -> wanted.isEmpty() || key.id().isEmpty() || key.id().equals(wanted))
            .limit(MAX_TRIED)
            .toList();
    if (!fitting.isEmpty()) {
      return fitting;
    }
    if (keys.want() || known.isEmpty()) {
      throw new CapacityProblem(
          "issuer_unavailable",
          "The keys of the token's issuer are not available now. Send the request again.",
          SOON);
    }
    throw new InvalidTokenException("The issuer has no key that the token (kid, alg) names.");
  }

  private Instant checkTimes(JsonNode claims, Instant now) throws InvalidTokenException {
    Instant expires =
        time(claims, "exp")
            .orElseThrow(() -> new InvalidTokenException("The token has no expiry (exp)."));
    if (!now.isBefore(expires.plus(settings.leeway()))) {
      throw new InvalidTokenException("The token has expired.");
    }
    Instant latest = now.plus(settings.leeway());
    if (time(claims, "nbf").filter(latest::isBefore).isPresent()
        || time(claims, "iat").filter(latest::isBefore).isPresent()) {
      throw new InvalidTokenException("The token is not valid yet (nbf, iat).");
    }
    return expires;
  }

  /** Seconds since 1970, with decimals or without (RFC 7519, section 2). */
  private static Optional<Instant> time(JsonNode claims, String name) throws InvalidTokenException {
    JsonNode value = claims.path(name);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    double seconds = value.isNumber() ? value.doubleValue() : -1;
    if (!(seconds >= 0 && seconds < 1e11)) {
      throw new InvalidTokenException("The claim " + name + " of the token is not a time.");
    }
    return Optional.of(Instant.ofEpochMilli((long) (seconds * 1000)));
  }

  private void checkAudience(JsonNode claims) throws InvalidTokenException {
    List<String> accepted = settings.audiences();
    JsonNode named = claims.path("aud");
    boolean found = accepted.isEmpty() || (named.isTextual() && accepted.contains(named.asText()));
    if (named.isArray()) {
      for (JsonNode one : named) {
        found |= one.isTextual() && accepted.contains(one.asText());
      }
    }
    if (!found) {
      throw new InvalidTokenException(
          "The token is for another audience (aud); accepted is "
              + String.join(" or ", accepted)
              + ".");
    }
  }
}

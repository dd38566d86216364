package dev.serai.config.check.auth;

import dev.serai.config.annotation.Secret;
import dev.serai.config.auth.CallerKey;
import dev.serai.config.auth.IssuerSettings;
import dev.serai.config.auth.TokenAlgorithm;
import dev.serai.config.check.Findings;
import dev.serai.config.read.Place;
import dev.serai.core.caller.AllowList;
import dev.serai.core.net.BaseUrl;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the issuers of tokens: that each has one way to verify its tokens, and a safe one. No
 * message shows a secret. Not thread-safe.
 */
final class IssuerCheck {
  private static final Duration MAX_LEEWAY = Duration.ofMinutes(5);
  private static final Duration MIN_REFRESH = Duration.ofSeconds(30);

  private final Findings findings;
  private final RoleCheck roles;

  public IssuerCheck(Findings findings, RoleCheck roles) {
    this.findings = findings;
    this.roles = roles;
  }

  /**
   * Checks all issuers.
   *
   * @param keys whose names issuers must not have
   */
  public void check(List<IssuerSettings> issuers, List<CallerKey> keys) {
    Set<String> names = new HashSet<>();
    Set<String> known = new HashSet<>();
    keys.forEach(key -> names.add(key.name()));
    for (int i = 0; i < issuers.size(); i++) {
      IssuerSettings one = issuers.get(i);
      Place place = findings.item(i, "auth", "issuers");
      refuseIf(
          !KeyCheck.NAME.matcher(one.name()).matches(),
          place,
          "name '" + one.name() + "' " + KeyCheck.NAME_RULE);
      refuseIf(!names.add(one.name()), place, "a key or an issuer has the name " + one.name());
      refuseIf(!known.add(one.issuer()), place, "two entries have the issuer " + one.issuer());
      identity(place, one);
      roles.find(place, one.role());
      one.roles().values().forEach(role -> roles.find(place, role));
      times(place, one);
      if (one.secret().isPresent()) {
        shared(place, one, one.secret().get());
      } else {
        fetched(place, one);
      }
    }
  }

  private void identity(Place place, IssuerSettings one) {
    refuseIf(
        !KeyCheck.NAME.matcher(one.tenant()).matches(),
        place,
        "tenant '" + one.tenant() + "' " + KeyCheck.NAME_RULE);
    for (String model : one.models()) {
      AllowList.fault(model)
          .ifPresent(why -> refuseIf(true, place, "the entry '" + model + "' of models " + why));
    }
  }

  private void times(Place place, IssuerSettings one) {
    refuseIf(
        one.leeway().isNegative() || one.leeway().compareTo(MAX_LEEWAY) > 0,
        place,
        "leeway must be from 0s to 5m");
    refuseIf(one.refresh().compareTo(MIN_REFRESH) < 0, place, "refresh must be at least 30s");
  }

  private void shared(Place place, IssuerSettings one, Secret secret) {
    refuseIf(one.jwksUrl().isPresent(), place, "has both secret and jwks_url; set one of them");
    byte[] bytes = secret.reveal().getBytes(StandardCharsets.UTF_8);
    for (TokenAlgorithm algorithm : one.accepted()) {
      refuseIf(
          !algorithm.isShared(),
          place,
          "the algorithm " + algorithm + " needs public keys; with secret, use HS256");
      refuseIf(
          algorithm.isShared() && bytes.length < algorithm.minSecretBytes(),
          place,
          "secret must have at least "
              + algorithm.minSecretBytes()
              + " bytes for "
              + algorithm
              + "; make one with: openssl rand -hex 32");
    }
    refuseIf(
        secret.reveal().chars().distinct().count() < KeyCheck.MIN_DISTINCT,
        place,
        "secret is easy to guess; make one with: openssl rand -hex 32");
  }

  private void fetched(Place place, IssuerSettings one) {
    refuseIf(one.audiences().isEmpty(), place, "audiences is missing; add the audience of Serai");
    for (TokenAlgorithm algorithm : one.accepted()) {
      refuseIf(algorithm.isShared(), place, "the algorithm " + algorithm + " needs secret");
    }
    String url = one.jwksUrl().map(Object::toString).orElse(one.issuer());
    refuseIf(
        !isSafe(url),
        place,
        "the keys must come from an https address (http on the loopback only), not from "
            + (one.jwksUrl().isPresent()
                ? "this jwks_url"
                : "this issuer; set jwks_url or secret"));
  }

  private static boolean isSafe(String url) {
    return address(url).filter(to -> to.tls() || to.isLoopback()).isPresent();
  }

  private static Optional<BaseUrl> address(String url) {
    try {
      return Optional.of(BaseUrl.parse(url));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void refuseIf(boolean wrong, Place place, String what) {
    if (wrong) {
      findings.wrong(place, what);
    }
  }
}

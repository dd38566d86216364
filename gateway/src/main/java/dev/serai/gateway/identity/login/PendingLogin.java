package dev.serai.gateway.identity.login;

import java.util.List;
import java.util.Optional;

/**
 * A login that has begun and not ended. Only the browser holds it, in a sealed cookie: logins that
 * are never finished cost the gateway no memory. Immutable.
 *
 * @param state returned by the issuer; it binds what comes back from there to this browser (RFC
 *     6749, section 10.12)
 * @param nonce returned in the ID token
 * @param verifier of PKCE (RFC 7636, section 4.1)
 * @param page where the person wants to go
 * @param untilMillis when the login expires, in milliseconds since 1970
 */
record PendingLogin(String state, String nonce, String verifier, String page, long untilMillis) {
  /** Its parts have no line break. */
  String text() {
    return String.join("\n", state, nonce, verifier, Long.toString(untilMillis), page);
  }

  static Optional<PendingLogin> read(String text) {
    List<String> parts = List.of(text.split("\n", -1));
    return parts.size() == 5
        ? Optional.of(
            new PendingLogin(
                parts.get(0),
                parts.get(1),
                parts.get(2),
                parts.get(4),
                Long.parseLong(parts.get(3))))
        : Optional.empty();
  }

  /** Its parts are secrets. */
  @Override
  public String toString() {
    return "pending login";
  }
}

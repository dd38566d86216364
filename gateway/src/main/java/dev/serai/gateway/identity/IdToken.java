package dev.serai.gateway.identity;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An ID token as an issuer gave it for a code, and what it must say (OpenID Connect Core 1.0,
 * section 3.1.3.7). Immutable.
 *
 * @param text not yet verified
 * @param clientId the client that has redeemed the code
 * @param nonce of the login for which the code was issued
 */
public record IdToken(String text, String clientId, String nonce) {
  /**
   * Checks the claims that only ID tokens have; signature and times are checked elsewhere.
   *
   * @throws InvalidTokenException if the token is that of another login, client or issuer
   */
  void check(JsonNode claims, String issuer) throws InvalidTokenException {
    require(issuer.equals(claims.path("iss").textValue()), "is that of another issuer (iss)");
    require(isAudience(claims.path("aud")), "is for another client (aud)");
    JsonNode party = claims.path("azp");
    require(
        party.isMissingNode() ? claims.path("aud").size() <= 1 : clientId.equals(party.textValue()),
        "was issued to another client (azp)");
    require(nonce.equals(claims.path("nonce").textValue()), "is that of another login (nonce)");
    require(claims.path("iat").isNumber(), "has no time of issue (iat)");
    require(!claims.path("sub").asText().isEmpty(), "names no user (sub)");
  }

  private boolean isAudience(JsonNode named) {
    boolean found = clientId.equals(named.textValue());
    for (JsonNode one : named) {
      found |= named.isArray() && clientId.equals(one.textValue());
    }
    return found;
  }

  private static void require(boolean holds, String otherwise) throws InvalidTokenException {
    if (!holds) {
      throw new InvalidTokenException("The ID token " + otherwise + ".");
    }
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "ID token for " + clientId;
  }
}

package dev.serai.gateway.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A signed token in its compact form (RFC 7515, section 7.1; RFC 7519), read but not yet verified.
 * Only one spelling of a token is accepted: Base64url without padding and without unused bits, and
 * JSON without duplicate names. Parameters of the header that name or contain keys are not read.
 *
 * @param algorithm the name of the algorithm, which the issuer must allow
 * @param keyId the name of the key among those of the issuer
 * @param signed the bytes that the signature covers
 */
record JsonWebToken(
    String algorithm, Optional<String> keyId, JsonNode claims, byte[] signed, byte[] signature) {
  /** The most characters of a token. */
  static final int MAX_LENGTH = 8 * 1024;

  private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

  /**
   * Reads a token.
   *
   * @throws InvalidTokenException if it is malformed, or uses what is not supported
   */
  static JsonWebToken parse(String token) throws InvalidTokenException {
    if (token.length() > MAX_LENGTH) {
      throw new InvalidTokenException("The token is longer than " + MAX_LENGTH + " characters.");
    }
    int payload = token.indexOf('.') + 1;
    int signature = token.indexOf('.', payload) + 1;
    if (payload == 0 || signature == 0 || token.indexOf('.', signature) >= 0) {
      throw new InvalidTokenException("The token is not a signed JWT in its compact form.");
    }
    JsonNode header = object(token.substring(0, payload - 1));
    check(header);
    return new JsonWebToken(
        text(header, "alg").orElse("none"),
        text(header, "kid"),
        object(token.substring(payload, signature - 1)),
        token.substring(0, signature - 1).getBytes(StandardCharsets.US_ASCII),
        decode(token.substring(signature)));
  }

  /** Refuses extensions that must be understood (RFC 7515, section 4.1.11), and other types. */
  private static void check(JsonNode header) throws InvalidTokenException {
    if (header.has("crit")) {
      throw new InvalidTokenException("The token has critical header parameters (crit).");
    }
    Optional<String> type = text(header, "typ");
    if (type.isPresent() && !TYPES.contains(type.get().toLowerCase(Locale.ROOT))) {
      throw new InvalidTokenException("The type of the token (typ) is not JWT or at+jwt.");
    }
  }

  private static Optional<String> text(JsonNode header, String name) throws InvalidTokenException {
    JsonNode value = header.path(name);
    if (!value.isMissingNode() && !value.isTextual()) {
      throw new InvalidTokenException("The header parameter " + name + " is not a text.");
    }
    return Optional.ofNullable(value.textValue());
  }

  private static JsonNode object(String part) throws InvalidTokenException {
    byte[] json = decode(part);
    try {
      JsonNode tree = StrictJson.tree(json);
      if (tree.isObject()) {
        return tree;
      }
    } catch (MalformedInput e) {
      throw malformed();
    }
    throw malformed();
  }

  private static byte[] decode(String part) throws InvalidTokenException {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(part);
      if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
    throw malformed();
  }

  private static InvalidTokenException malformed() {
    return new InvalidTokenException(
        "The token is malformed: its parts must be Base64url, and JSON without duplicate names.");
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "JsonWebToken[" + algorithm + "]";
  }
}

package dev.serai.gateway.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Reads the public keys of an issuer, a JWK Set (RFC 7517, RFC 7518, RFC 8037). Keys that are weak,
 * not for signatures or of another kind are left out; so are shared secrets, which no issuer
 * publishes. Certificates and addresses in a key are not read.
 */
final class JwkReader {
  private static final int MAX_KEYS = 64;
  private static final int MIN_RSA_BITS = 2048;
  private static final int MAX_RSA_BITS = 8192;
  private static final int MAX_EXPONENT_BITS = 32;

  private JwkReader() {}

  /**
   * The usable keys of a set.
   *
   * @throws IllegalArgumentException if the JSON is not a set of keys, or none can be used
   */
  static List<PublicJwk> read(byte[] json) {
    JsonNode entries = set(json);
    List<PublicJwk> keys = new ArrayList<>();
    for (JsonNode entry : entries) {
      if (isForSignatures(entry) && keys.size() < MAX_KEYS) {
        key(entry)
            .map(key -> new PublicJwk(text(entry, "kid"), text(entry, "alg"), key))
            .ifPresent(keys::add);
      }
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("the set has no key that can be used");
    }
    return List.copyOf(keys);
  }

  private static JsonNode set(byte[] json) {
    try {
      JsonNode entries = StrictJson.tree(json).path("keys");
      if (entries.isArray()) {
        return entries;
      }
    } catch (MalformedInput e) {
      throw new IllegalArgumentException("the set of keys is not valid JSON", e);
    }
    throw new IllegalArgumentException("the set has no list of keys");
  }

  private static boolean isForSignatures(JsonNode entry) {
    boolean use = text(entry, "use").map("sig"::equals).orElse(true);
    JsonNode operations = entry.path("key_ops");
    boolean verifies = !operations.isArray() || operations.isEmpty();
    for (JsonNode operation : operations) {
      verifies |= "verify".equals(operation.textValue());
    }
    return entry.isObject() && use && verifies;
  }

  private static Optional<PublicKey> key(JsonNode entry) {
    try {
      return switch (text(entry, "kty").orElse("")) {
        case "RSA" -> Optional.of(rsa(entry));
        case "EC" -> Optional.of(curve(entry));
        case "OKP" -> Optional.of(edwards(entry));
        default -> Optional.empty();
      };
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static PublicKey rsa(JsonNode entry) throws GeneralSecurityException {
    BigInteger modulus = number(entry, "n");
    BigInteger exponent = number(entry, "e");
    int bits = modulus.bitLength();
    if (bits < MIN_RSA_BITS
        || bits > MAX_RSA_BITS
        || exponent.bitLength() > MAX_EXPONENT_BITS
        || !exponent.testBit(0)
        || exponent.equals(BigInteger.ONE)) {
      throw new InvalidKeySpecException("weak");
    }
    return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
  }

  private static PublicKey curve(JsonNode entry) throws GeneralSecurityException {
    String name =
        switch (text(entry, "crv").orElse("")) {
          case "P-256" -> "secp256r1";
          case "P-384" -> "secp384r1";
          default -> throw new InvalidKeySpecException("its curve is not P-256 or P-384");
        };
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(name));
    ECPoint point = new ECPoint(number(entry, "x"), number(entry, "y"));
    return KeyFactory.getInstance("EC")
        .generatePublic(
            new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class)));
  }

  private static PublicKey edwards(JsonNode entry) throws GeneralSecurityException {
    byte[] encoded = bytes(entry, "x");
    if (!"Ed25519".equals(entry.path("crv").textValue()) || encoded.length != 32) {
      throw new InvalidKeySpecException("its curve is not P-256 or P-384");
    }
    byte[] bigEndian = new byte[encoded.length];
    for (int i = 0; i < encoded.length; i++) {
      bigEndian[i] = encoded[encoded.length - 1 - i];
    }
    boolean odd = (bigEndian[0] & 0x80) != 0;
    bigEndian[0] &= 0x7f;
    EdECPoint point = new EdECPoint(odd, new BigInteger(1, bigEndian));
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
  }

  private static BigInteger number(JsonNode entry, String name) {
    return new BigInteger(1, bytes(entry, name));
  }

  private static byte[] bytes(JsonNode entry, String name) {
    return Base64.getUrlDecoder().decode(text(entry, name).orElse(""));
  }

  private static Optional<String> text(JsonNode entry, String name) {
    return Optional.ofNullable(entry.path(name).textValue());
  }
}

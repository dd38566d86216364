package dev.serai.gateway.identity;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs tokens as issuers do, and shows its public key. */
final class Signer {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final String algorithm;
  private final String keyId;
  private final KeyPair pair;

  private Signer(String algorithm, String keyId, KeyPair pair) {
    this.algorithm = algorithm;
    this.keyId = keyId;
    this.pair = pair;
  }

  /** A new key for an algorithm. */
  static Signer of(String algorithm, String keyId) {
    return of(algorithm, keyId, 2048);
  }

  static Signer of(String algorithm, String keyId, int rsaBits) {
    try {
      KeyPairGenerator pairs =
          switch (algorithm.substring(0, 2)) {
            case "ES" -> {
              KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
              curve.initialize(
                  new ECGenParameterSpec(algorithm.equals("ES384") ? "secp384r1" : "secp256r1"));
              yield curve;
            }
            case "Ed" -> KeyPairGenerator.getInstance("Ed25519");
            default -> {
              KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
              rsa.initialize(rsaBits);
              yield rsa;
            }
          };
      return new Signer(algorithm, keyId, pairs.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  String algorithm() {
    return algorithm;
  }

  /** A token with the header that an issuer writes. */
  String token(String claims) {
    return signed(
        "{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\",\"kid\":\"" + keyId + "\"}", claims);
  }

  /** A token with any header. */
  String signed(String header, String claims) {
    String text = encode(header) + "." + encode(claims);
    return text + "." + BASE64.encodeToString(signature(text));
  }

  private byte[] signature(String text) {
    try {
      Signature signature = signature();
      signature.initSign(pair.getPrivate());
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private Signature signature() throws GeneralSecurityException {
    String bits = algorithm.substring(2);
    return switch (algorithm.substring(0, 2)) {
      case "ES" -> Signature.getInstance("SHA" + bits + "withECDSAinP1363Format");
      case "Ed" -> Signature.getInstance("Ed25519");
      case "PS" -> {
        Signature pss = Signature.getInstance("RSASSA-PSS");
        String hash = "SHA-" + bits;
        pss.setParameter(
            new PSSParameterSpec(
                hash, "MGF1", new MGF1ParameterSpec(hash), Integer.parseInt(bits) / 8, 1));
        yield pss;
      }
      default -> Signature.getInstance("SHA" + bits + "withRSA");
    };
  }

  /** A token signed with a secret. */
  static String shared(String algorithm, byte[] secret, String claims) {
    String header = "{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}";
    return shared(algorithm, secret, header, claims);
  }

  static String shared(String algorithm, byte[] secret, String header, String claims) {
    String text = encode(header) + "." + encode(claims);
    try {
      String name = "HmacSHA" + algorithm.substring(2);
      Mac mac = Mac.getInstance(name);
      mac.init(new SecretKeySpec(secret, name));
      return text
          + "."
          + BASE64.encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String encode(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The public key as the bytes that someone may try as a secret. */
  byte[] publicBytes() {
    return pair.getPublic().getEncoded();
  }

  /** The public key of its issuer's set. */
  String jwk() {
    String common = "\"kid\":\"" + keyId + "\",\"use\":\"sig\",";
    return switch (pair.getPublic()) {
      case RSAPublicKey rsa ->
          "{"
              + common
              + "\"kty\":\"RSA\",\"n\":\""
              + number(rsa.getModulus(), 0)
              + "\",\"e\":\""
              + number(rsa.getPublicExponent(), 0)
              + "\"}";
      case ECPublicKey curve -> {
        int bits = curve.getParams().getCurve().getField().getFieldSize();
        yield "{"
            + common
            + "\"kty\":\"EC\",\"crv\":\"P-"
            + bits
            + "\",\"x\":\""
            + number(curve.getW().getAffineX(), bits / 8)
            + "\",\"y\":\""
            + number(curve.getW().getAffineY(), bits / 8)
            + "\"}";
      }
      case EdECPublicKey edwards -> {
        byte[] encoded = edwards.getEncoded();
        byte[] raw = java.util.Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        yield "{"
            + common
            + "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\""
            + BASE64.encodeToString(raw)
            + "\"}";
      }
      default -> throw new AssertionError("no JWK for this key");
    };
  }

  private static String number(BigInteger value, int length) {
    byte[] bytes = value.toByteArray();
    int from = bytes[0] == 0 ? 1 : 0;
    byte[] padded = new byte[Math.max(length, bytes.length - from)];
    System.arraycopy(
        bytes, from, padded, padded.length - (bytes.length - from), bytes.length - from);
    return BASE64.encodeToString(padded);
  }

  /** A set of public keys. */
  static String jwks(Signer... signers) {
    StringBuilder keys = new StringBuilder("{\"keys\":[");
    for (Signer signer : signers) {
      keys.append(keys.length() > 9 ? "," : "").append(signer.jwk());
    }
    return keys.append("]}").toString();
  }
}

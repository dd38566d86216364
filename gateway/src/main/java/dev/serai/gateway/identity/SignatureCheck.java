package dev.serai.gateway.identity;

import dev.serai.config.auth.TokenAlgorithm;
import dev.serai.core.hash.Hmac;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/**
 * Verifies signatures of tokens with the JDK (RFC 7518, section 3; RFC 8037, section 3.1). A
 * signature has exactly one length, so that nothing can be appended to it. Stateless.
 */
final class SignatureCheck {
  private SignatureCheck() {}

  /** Whether a signature was made with a shared secret. */
  static boolean verifies(TokenAlgorithm algorithm, byte[] secret, JsonWebToken token) {
    byte[] wanted = hmac(algorithm).of(secret, token.signed());
    return MessageDigest.isEqual(wanted, token.signature());
  }

  private static Hmac hmac(TokenAlgorithm algorithm) {
    return switch (algorithm) {
      case HS_384 -> Hmac.SHA_384;
      case HS_512 -> Hmac.SHA_512;
      default -> Hmac.SHA_256;
    };
  }

  /** Whether a signature was made with the private key of a public one. */
  static boolean verifies(TokenAlgorithm algorithm, PublicJwk key, JsonWebToken token) {
    if (!key.fits(algorithm) || token.signature().length != length(algorithm, key)) {
      return false;
    }
    try {
      Signature signature = signature(algorithm);
      signature.initVerify(key.key());
      signature.update(token.signed());
      return signature.verify(token.signature());
    } catch (GeneralSecurityException e) {
      return false; // not a signature of this kind
    }
  }

  private static Signature signature(TokenAlgorithm algorithm) throws GeneralSecurityException {
    String hash = hash(algorithm);
    return switch (algorithm) {
      case PS_256, PS_384, PS_512 -> {
        Signature signature = Signature.getInstance("RSASSA-PSS");
        int salt = Integer.parseInt(hash.substring(4)) / 8;
        signature.setParameter(
            new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), salt, 1));
        yield signature;
      }
      case ES_256, ES_384 ->
          Signature.getInstance(hash.replace("-", "") + "withECDSAinP1363Format");
      case ED_DSA -> Signature.getInstance("Ed25519");
      default -> Signature.getInstance(hash.replace("-", "") + "withRSA");
    };
  }

  private static int length(TokenAlgorithm algorithm, PublicJwk key) {
    return switch (algorithm) {
      case ES_384 -> 96;
      case ES_256, ED_DSA -> 64;
      default -> key.key() instanceof RSAPublicKey rsa ? (rsa.getModulus().bitLength() + 7) / 8 : 0;
    };
  }

  private static String hash(TokenAlgorithm algorithm) {
    return switch (algorithm) {
      case RS_384, PS_384, ES_384 -> "SHA-384";
      case RS_512, PS_512 -> "SHA-512";
      default -> "SHA-256";
    };
  }
}

package dev.serai.gateway.identity;

import dev.serai.config.auth.TokenAlgorithm;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/**
 * A public key of an issuer. Immutable.
 *
 * @param id its name; a token without one fits too
 * @param algorithm the only one that it is for, if the issuer says so
 */
record PublicJwk(Optional<String> id, Optional<String> algorithm, PublicKey key) {
  /** Whether it can verify signatures of an algorithm. */
  boolean fits(TokenAlgorithm wanted) {
    boolean ofKind =
        switch (wanted) {
          case HS_256, HS_384, HS_512 -> false;
          case RS_256, RS_384, RS_512, PS_256, PS_384, PS_512 -> key instanceof RSAPublicKey;
          case ES_256 -> key instanceof ECPublicKey curve && bits(curve) == 256;
          case ES_384 -> key instanceof ECPublicKey curve && bits(curve) == 384;
          case ED_DSA -> key instanceof EdECPublicKey;
        };
    return ofKind && algorithm.map(only -> only.equals(wanted.toString())).orElse(true);
  }

  private static int bits(ECPublicKey key) {
    return key.getParams().getCurve().getField().getFieldSize();
  }
}

package dev.serai.config.auth;

/** How a token is signed (RFC 7518, section 3.1, and RFC 8037). */
public enum TokenAlgorithm {
  HS_256("HS256", true),
  HS_384("HS384", true),
  HS_512("HS512", true),
  RS_256("RS256", false),
  RS_384("RS384", false),
  RS_512("RS512", false),
  PS_256("PS256", false),
  PS_384("PS384", false),
  PS_512("PS512", false),
  ES_256("ES256", false),
  ES_384("ES384", false),
  ED_DSA("EdDSA", false);

  private final String label;
  private final boolean shared;

  TokenAlgorithm(String label, boolean shared) {
    this.label = label;
    this.shared = shared;
  }

  /** Whether it signs with a secret that the issuer and the gateway share. */
  public boolean isShared() {
    return shared;
  }

  /** The bytes that a shared secret must have at least: as many as the hash (section 3.2). */
  public int minSecretBytes() {
    return switch (this) {
      case HS_384 -> 48;
      case HS_512 -> 64;
      default -> 32;
    };
  }

  /** Its name in tokens. */
  @Override
  public String toString() {
    return label;
  }
}

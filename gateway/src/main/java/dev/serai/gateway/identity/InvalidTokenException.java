package dev.serai.gateway.identity;

/** A token must not be accepted. The message is for the caller and never contains the token. */
final class InvalidTokenException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean forged;

  /**
   * @param message a sentence
   */
  InvalidTokenException(String message) {
    this(message, false);
  }

  private InvalidTokenException(String message, boolean forged) {
    super(message, null, false, false);
    this.forged = forged;
  }

  /** The signature is not that of the issuer. */
  static InvalidTokenException forged() {
    return new InvalidTokenException("The signature of the token is not valid.", true);
  }

  /** Whether the signature was verified, and is not that of the issuer. */
  boolean isForged() {
    return forged;
  }
}

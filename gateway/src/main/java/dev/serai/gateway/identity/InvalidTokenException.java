package dev.serai.gateway.identity;

/** A token must not be accepted. The message is for the caller and never contains the token. */
final class InvalidTokenException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message a sentence
   */
  InvalidTokenException(String message) {
    super(message, null, false, false);
  }
}

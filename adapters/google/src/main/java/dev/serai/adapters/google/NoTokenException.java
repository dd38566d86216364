package dev.serai.adapters.google;

import java.util.Optional;

/**
 * There is no access token. The message completes the sentence "The gateway has no credentials:"
 * and is shown to clients; it names the variable at fault and holds no secret, path or address.
 */
final class NoTokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean temporary;
  private final String detail;

  private NoTokenException(String message, boolean temporary, String detail) {
    super(message);
    this.temporary = temporary;
    this.detail = detail;
  }

  /** The credentials are at fault. */
  static NoTokenException of(String message) {
    return new NoTokenException(message, false, "");
  }

  /**
   * The credentials are at fault.
   *
   * @param detail for the log only
   */
  static NoTokenException of(String message, String detail) {
    return new NoTokenException(message, false, detail);
  }

  /**
   * The server of the tokens is at fault.
   *
   * @param detail for the log only
   */
  static NoTokenException temporary(String message, String detail) {
    return new NoTokenException(message, true, detail);
  }

  /** Whether the same credentials may work later. */
  boolean isTemporary() {
    return temporary;
  }

  /** More for the operator's log; empty if there is nothing to add. */
  Optional<String> detail() {
    return Optional.of(detail).filter(text -> !text.isEmpty());
  }
}

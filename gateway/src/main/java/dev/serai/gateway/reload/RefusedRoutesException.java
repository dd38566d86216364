package dev.serai.gateway.reload;

import java.nio.file.Path;

/** A route file cannot be loaded; the message has file, line and reason. */
public final class RefusedRoutesException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * @param line counted from 1; 0 if the error has no line
   */
  RefusedRoutesException(Path file, int line, String reason, Throwable cause) {
    super(file + (line > 0 ? ":" + line : "") + ": " + reason, cause);
    this.reason = reason;
  }

  /** The reason without file and line. */
  public String reason() {
    return reason;
  }
}

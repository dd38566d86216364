package dev.serai.gateway.reload;

import java.nio.file.Path;

/** A file of routes that is not taken: which, where in it, and why. */
public final class RefusedRoutesException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param line counted from 1; 0 when the fault has no one place
   */
  RefusedRoutesException(Path file, int line, String reason, Throwable cause) {
    super(file + (line > 0 ? ":" + line : "") + ": " + reason, cause);
  }
}

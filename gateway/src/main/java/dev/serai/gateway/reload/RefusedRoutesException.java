package dev.serai.gateway.reload;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

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

  /** Whether something could not be read, so that the same file may load later. */
  boolean isTemporary() {
    for (@Nullable Throwable t = getCause(); t != null; t = t.getCause()) {
      if (t instanceof IOException && !isMissing(t)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isMissing(Throwable thrown) {
    return thrown instanceof NoSuchFileException
        || (thrown instanceof FileNotFoundException
            && String.valueOf(thrown.getMessage()).contains("No such file"));
  }
}

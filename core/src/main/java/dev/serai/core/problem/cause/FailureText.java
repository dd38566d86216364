package dev.serai.core.problem.cause;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says why something failed, for logs and operators: the message, without names of Java classes.
 * Pure.
 */
public final class FailureText {
  private static final int MAX_CAUSES = 8;

  /** What {@link Throwable#toString} puts before a message. */
  private static final Pattern CLASS =
      Pattern.compile("^(?:[a-z][\\w$]*\\.)+[A-Z][\\w$]*(?::\\s*|$)");

  private static final Pattern ENDING = Pattern.compile("(?:Exception|Error)$");
  private static final Pattern WORD = Pattern.compile("(?<=[a-z])(?=[A-Z])");

  private FailureText() {}

  /** The reason of a failure. */
  public static String of(Throwable failure) {
    Throwable last = failure;
    @Nullable Throwable each = failure;
    for (int i = 0; each != null && i < MAX_CAUSES; i++) {
      String text = each instanceof FileSystemException file ? ofFile(file) : message(each);
      if (!text.isEmpty()) {
        return text;
      }
      last = each;
      each = each.getCause();
    }
    return words(last);
  }

  /** Empty if there is none, or if it is only that of the cause. */
  private static String message(Throwable failure) {
    String text = failure.getMessage() == null ? "" : failure.getMessage().strip();
    Throwable cause = failure.getCause();
    boolean ofCause = cause != null && text.equals(cause.toString());
    return ofCause ? "" : CLASS.matcher(text).replaceFirst("");
  }

  private static String ofFile(FileSystemException failure) {
    String file = "the file " + failure.getFile();
    String reason = failure.getReason();
    return switch (failure) {
      case NoSuchFileException _ -> file + " does not exist";
      case AccessDeniedException _ -> file + " may not be used by this user";
      case NotDirectoryException _ -> file + " is not a folder";
      default -> file + " cannot be used" + (reason == null ? "" : ": " + reason);
    };
  }

  /** A class name as words: {@code ClosedChannelException} is "closed channel". */
  private static String words(Throwable failure) {
    String name = ENDING.matcher(failure.getClass().getSimpleName()).replaceFirst("");
    return name.isEmpty()
        ? "an unknown reason"
        : WORD.matcher(name).replaceAll(" ").toLowerCase(Locale.ROOT);
  }
}

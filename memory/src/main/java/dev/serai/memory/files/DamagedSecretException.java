package dev.serai.memory.files;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file of a secret is there and does not hold a secret: waiting does not help. */
public final class DamagedSecretException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param how what is wrong with it, for example "incomplete"
   */
  DamagedSecretException(Path file, String how, @Nullable Throwable cause) {
    super("the file " + file + " is " + how + "; restore it from a backup", cause);
  }
}

package dev.serai.memory.ledger;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Runs actions on files one after the other, also after one has failed. For one thread. */
final class FileActions {
  private @Nullable IOException first;

  /** An action that may fail. */
  interface FileAction {
    void run() throws IOException;
  }

  void run(FileAction action) {
    try {
      action.run();
    } catch (IOException e) {
      if (first == null) {
        first = e;
      } else {
        first.addSuppressed(e);
      }
    }
  }

  /** Throws the first failure; the others are suppressed in it. */
  void end() throws IOException {
    if (first != null) {
      throw first;
    }
  }
}

package dev.serai.config.read;

import java.util.ArrayList;
import java.util.List;

/** Collects the mistakes in the settings, so that all are reported at once. Not thread-safe. */
public final class Problems {
  private static final int MAX_PROBLEMS = 50;

  private final List<String> found = new ArrayList<>();

  /** Adds a value that is not allowed. */
  public void wrong(Node read, String allowed) {
    add(read.place(), read.shown() + " was read; " + allowed);
  }

  /** Adds any other mistake; those after the fiftieth are dropped. */
  public void add(Place place, String what) {
    if (found.size() < MAX_PROBLEMS) {
      found.add(place + ": " + what);
    }
  }

  /**
   * Ends the run.
   *
   * @throws SettingsException with every mistake, if there is one
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new SettingsException(found);
    }
  }
}

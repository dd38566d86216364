package dev.serai.config.read;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with the settings, so that all of it is told at once. Not thread-safe. */
public final class Problems {
  private static final int MOST = 50;

  private final List<String> found = new ArrayList<>();

  /** Something was read that is not allowed. */
  public void wrong(Node read, String allowed) {
    add(read.place(), read.shown() + " was read; " + allowed);
  }

  /** Anything else; at most fifty are kept. */
  public void add(Place place, String what) {
    if (found.size() < MOST) {
      found.add(place + ": " + what);
    }
  }

  /**
   * Ends the reading.
   *
   * @throws SettingsException if anything was wrong
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new SettingsException(found);
    }
  }
}

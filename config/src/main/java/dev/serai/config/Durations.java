package dev.serai.config;

import java.time.Duration;

/** Checks the durations of settings. */
final class Durations {
  private Durations() {}

  static void above(Duration value, String component) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(component + " must be above zero");
    }
  }
}

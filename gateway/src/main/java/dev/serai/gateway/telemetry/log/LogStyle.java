package dev.serai.gateway.telemetry.log;

import java.util.logging.Level;

/**
 * How log lines look and which are written.
 *
 * @param threshold the lowest level written
 */
public record LogStyle(LogFormat format, Level threshold) {
  /** Whether lines of that level are written. */
  boolean shows(Level level) {
    return level.intValue() >= threshold.intValue() && threshold != Level.OFF;
  }
}

package dev.serai.gateway.telemetry.log;

import dev.serai.config.telemetry.LogSettings;
import dev.serai.config.telemetry.LogSettings.Format;
import java.util.logging.Level;

/**
 * The format of log lines and the lowest level that is written.
 *
 * @param threshold the lowest level written
 */
record LogStyle(Format format, Level threshold) {
  /** The style that the settings describe. */
  public static LogStyle of(LogSettings settings) {
    Format format = settings.format() == Format.AUTO ? Format.JSON : settings.format();
    return new LogStyle(format, level(settings.level()));
  }

  /** Whether lines of that level are written. */
  boolean shows(Level level) {
    return level.intValue() >= threshold.intValue() && threshold != Level.OFF;
  }

  private static Level level(LogSettings.Level level) {
    return switch (level) {
      case TRACE -> Level.FINEST; // as SLF4J maps it
      case DEBUG -> Level.FINE;
      case INFO -> Level.INFO;
      case WARN -> Level.WARNING;
      case ERROR -> Level.SEVERE;
      case OFF -> Level.OFF;
    };
  }
}

package dev.serai.config.telemetry;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The log.
 *
 * @param level what is written: this and everything graver; off writes nothing
 * @param format json is one object a line, text is for people
 * @param file written to instead of the standard error stream
 */
public record LogSettings(Level level, Format format, Optional<Path> file) {
  /** How grave a line is. */
  public enum Level {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR,
    OFF
  }

  /** How a line looks. */
  public enum Format {
    JSON,
    TEXT
  }

  /** From info on, as JSON, on the standard error stream. */
  public static LogSettings defaults() {
    return new LogSettings(Level.INFO, Format.JSON, Optional.empty());
  }
}

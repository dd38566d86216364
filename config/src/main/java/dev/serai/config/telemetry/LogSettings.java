package dev.serai.config.telemetry;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The log.
 *
 * @param level the lowest level that is written; off writes nothing
 * @param format the format of lines: json has one object per line, text is easier to read
 * @param file the file to write to instead of standard error
 */
public record LogSettings(Level level, Format format, Optional<Path> file) {
  /** Levels, the lowest first. */
  public enum Level {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR,
    OFF
  }

  /** Formats of a line. */
  public enum Format {
    JSON,
    TEXT
  }

  /** Level info, as JSON, to standard error. */
  public static LogSettings defaults() {
    return new LogSettings(Level.INFO, Format.JSON, Optional.empty());
  }
}

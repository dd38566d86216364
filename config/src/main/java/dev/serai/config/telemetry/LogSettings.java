package dev.serai.config.telemetry;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The log.
 *
 * @param level the lowest level that is written; off writes nothing
 * @param format the format of lines: json has one object per line, also for what is printed at the
 *     start and for why the process cannot start; text is easier to read; auto has JSON lines, and
 *     text at the start
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
    AUTO,
    JSON,
    TEXT
  }

  /** Level info, as JSON lines, to standard error. */
  public static LogSettings defaults() {
    return new LogSettings(Level.INFO, Format.AUTO, Optional.empty());
  }
}

package dev.serai.gateway.telemetry.log;

import dev.serai.config.telemetry.LogSettings.Format;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.logging.Level;

/**
 * Writes log lines, one after the other, as JSON or text. The only class that knows both formats.
 * Not thread-safe: every writing thread has its own.
 */
final class LogLine {
  private static final byte[] JSON_TIME = ascii("{\"ts\":\"");
  private static final byte[] JSON_LEVEL = ascii("Z\",\"level\":\"");
  private static final byte[] JSON_MESSAGE = ascii("\",\"msg\":\"");
  private static final byte[] NULL = ascii("null");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");

  private final Format format;
  private final InstantSource clock;
  private final LineBuffer buffer = new LineBuffer();
  private long second = Long.MIN_VALUE;
  private byte[] secondText = {};

  LogLine(Format format, InstantSource clock) {
    this.format = format;
    this.clock = clock;
  }

  /** Begins a line with the current time. */
  LogLine begin(Level level, String message, int limit) {
    return begin(clock.millis(), level, message, limit);
  }

  /**
   * Begins a line.
   *
   * @param millis since 1970
   * @param limit chars of the message to write at most
   */
  LogLine begin(long millis, Level level, String message, int limit) {
    buffer.clear();
    if (format == Format.JSON) {
      beginJson(millis, level, message, limit);
    } else {
      time(millis);
      buffer.raw('Z');
      buffer.raw(LevelName.of(level).text());
      buffer.escaped(message, limit);
    }
    return this;
  }

  private void beginJson(long millis, Level level, String message, int limit) {
    buffer.raw(JSON_TIME);
    time(millis);
    buffer.raw(JSON_LEVEL);
    buffer.raw(LevelName.of(level).json());
    buffer.raw(JSON_MESSAGE);
    buffer.escaped(message, limit);
    buffer.raw('"');
  }

  /** Adds the first {@code limit} chars of a text. */
  LogLine add(Field field, String value, int limit) {
    buffer.raw(field.lead(format));
    if (format == Format.TEXT && isPlain(value, limit)) {
      buffer.escaped(value, limit);
      return this;
    }
    buffer.raw('"');
    buffer.escaped(value, limit);
    buffer.raw('"');
    return this;
  }

  LogLine add(Field field, long count) {
    buffer.raw(field.lead(format));
    buffer.decimal(count);
    return this;
  }

  LogLine add(Field field, boolean value) {
    buffer.raw(field.lead(format));
    buffer.raw(value ? TRUE : FALSE);
    return this;
  }

  LogLine addMillis(Field field, long nanos) {
    buffer.raw(field.lead(format));
    buffer.millis(nanos);
    return this;
  }

  LogLine addBillionths(Field field, long nano) {
    buffer.raw(field.lead(format));
    buffer.billionths(nano);
    return this;
  }

  LogLine addNull(Field field) {
    buffer.raw(field.lead(format));
    buffer.raw(NULL);
    return this;
  }

  /** Adds a stack trace: one field of JSON, or indented lines in text. */
  LogLine addTrace(Field field, Iterable<String> frames, int limit) {
    boolean json = format == Format.JSON;
    if (json) {
      buffer.raw(field.lead(format));
      buffer.raw('"');
    }
    String separator = "";
    for (String frame : frames) {
      if (json) {
        buffer.escaped(separator, 1);
      } else {
        buffer.raw('\n');
        buffer.raw('\t');
      }
      buffer.escaped(frame, limit);
      separator = "\n";
    }
    if (json) {
      buffer.raw('"');
    }
    return this;
  }

  /** The finished line with its line feed. */
  byte[] end() {
    if (format == Format.JSON) {
      buffer.raw('}');
    }
    buffer.raw('\n');
    return buffer.copy();
  }

  private void time(long millis) {
    long now = Math.floorDiv(millis, 1000L);
    if (now != second) {
      second = now;
      // 2026-11-21T05:40:20Z without its Z
      String instant = Instant.ofEpochSecond(now).toString();
      secondText = ascii(instant.substring(0, instant.length() - 1));
    }
    buffer.raw(secondText);
    buffer.raw('.');
    buffer.padded(Math.floorMod(millis, 1000L), 3);
  }

  /** Whether a value can stand in a text line without quotes. */
  private static boolean isPlain(String value, int limit) {
    int end = Math.min(limit, value.length());
    for (int i = 0; i < end; i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '"' || c == '=' || c == '\\') {
        return false;
      }
    }
    return end > 0;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The names of levels in lines; every level of java.util.logging maps to one of them. */
  private enum LevelName {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR;

    private final byte[] json = ascii(name().toLowerCase(Locale.ROOT));
    private final byte[] text = ascii(" " + name() + (name().length() == 4 ? "  " : " "));

    byte[] json() {
      return json;
    }

    byte[] text() {
      return text;
    }

    static LevelName of(Level level) {
      int value = level.intValue();
      if (value >= Level.SEVERE.intValue()) {
        return ERROR;
      }
      if (value >= Level.WARNING.intValue()) {
        return WARN;
      }
      if (value >= Level.CONFIG.intValue()) {
        return INFO;
      }
      return value >= Level.FINE.intValue() ? DEBUG : TRACE;
    }
  }
}

package dev.serai.gateway.telemetry.log;

import dev.serai.config.telemetry.LogSettings.Format;
import java.nio.charset.StandardCharsets;

/** The name of a field of a log line, encoded once: lower case ASCII. Immutable. */
final class Field {
  private final byte[] json;
  private final byte[] text;

  private Field(String name) {
    json = (",\"" + name + "\":").getBytes(StandardCharsets.US_ASCII);
    text = (" " + name + "=").getBytes(StandardCharsets.US_ASCII);
  }

  static Field of(String name) {
    return new Field(name);
  }

  /** The bytes before the value. Callers must not change them. */
  byte[] lead(Format format) {
    return format == Format.JSON ? json : text;
  }
}

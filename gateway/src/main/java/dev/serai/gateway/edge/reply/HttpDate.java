package dev.serai.gateway.edge.reply;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Formats the Date field (RFC 9110, sections 5.6.7 and 6.6.1), once a second. Thread-safe: two
 * threads may format the same second.
 */
final class HttpDate {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final InstantSource clock;
  private volatile Line current = new Line(Long.MIN_VALUE, "", new byte[0]);

  @SuppressWarnings("ArrayRecordComponent") // private, only written to sockets, never compared
  private record Line(long second, String value, byte[] bytes) {}

  HttpDate(InstantSource clock) {
    this.clock = clock;
  }

  /** The field with its line end. Callers must not change the array. */
  byte[] line() {
    return current().bytes;
  }

  /** The value of the field. */
  String value() {
    return current().value;
  }

  private Line current() {
    long second = Math.floorDiv(clock.millis(), 1000L);
    Line known = current;
    if (known.second != second) {
      String value = FORMAT.format(Instant.ofEpochSecond(second));
      byte[] bytes = ("date: " + value + "\r\n").getBytes(StandardCharsets.US_ASCII);
      known = new Line(second, value, bytes);
      current = known;
    }
    return known;
  }
}

package dev.serai.core.time;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * The one form of a time in what Serai writes: RFC 3339, in UTC, always with milliseconds, so that
 * times are sorted as texts are. Thread-safe.
 */
public final class Timestamps {
  private static final int DIGITS = 3;
  private static final DateTimeFormatter FORM =
      new DateTimeFormatterBuilder().appendInstant(DIGITS).toFormatter();

  private Timestamps() {}

  /** A time such as {@code 2026-11-29T16:00:00.000Z}; what is below a millisecond is cut off. */
  public static String text(Instant time) {
    return FORM.format(time);
  }
}

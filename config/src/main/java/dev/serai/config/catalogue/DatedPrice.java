package dev.serai.config.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/**
 * A price and the time in which it applies, in UTC. Immutable.
 *
 * @param rates the rates of the price, by the names in the built-in data
 * @param from the start of its first day, in seconds since 1970
 * @param begins the second of the day from which it applies
 * @param ends the second of the day before which it applies; below {@code begins} if the time spans
 *     midnight
 */
record DatedPrice(Map<String, Rate> rates, Price price, long from, int begins, int ends) {
  static final int DAY = 24 * 60 * 60;

  /** The start of a day such as {@code 2026-11-21}. A formatter would slow down the start. */
  static long day(String date) {
    LocalDate day = LocalDate.of(number(date, 0, 4), number(date, 5, 7), number(date, 8, 10));
    return day.toEpochDay() * DAY;
  }

  /** The second of the day of a time such as {@code 16:30}. */
  static int second(String time) {
    return (number(time, 0, 2) * 60 + number(time, 3, 5)) * 60;
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  boolean appliesAt(Instant when) {
    long now = when.getEpochSecond();
    int second = (int) Math.floorMod(now, (long) DAY);
    boolean inDay =
        begins <= ends ? second >= begins && second < ends : second >= begins || second < ends;
    return now >= from && inDay;
  }
}

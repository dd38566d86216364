package dev.serai.config.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/**
 * A price and when it holds, all in UTC. Immutable.
 *
 * @param rates what the price is made of, by the names of the vendored data
 * @param from the first second of its first day, in seconds of the epoch
 * @param begins second of the day
 * @param ends second of the day, itself excluded; before {@code begins} when it passes midnight
 */
record DatedPrice(Map<String, Rate> rates, Price price, long from, int begins, int ends) {
  static final int DAY = 24 * 60 * 60;

  /** The first second of a day written {@code 2026-11-21}. A formatter would cost the start. */
  static long day(String date) {
    LocalDate day = LocalDate.of(number(date, 0, 4), number(date, 5, 7), number(date, 8, 10));
    return day.toEpochDay() * DAY;
  }

  /** The second of the day of a time written {@code 16:30}. */
  static int second(String time) {
    return (number(time, 0, 2) * 60 + number(time, 3, 5)) * 60;
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  boolean holds(Instant when) {
    long now = when.getEpochSecond();
    int second = (int) Math.floorMod(now, (long) DAY);
    boolean inDay =
        begins <= ends ? second >= begins && second < ends : second >= begins || second < ends;
    return now >= from && inDay;
  }
}

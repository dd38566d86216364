package dev.serai.config.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;

/**
 * A price and when it holds, all in UTC. Immutable.
 *
 * @param from the first second of its first day, in seconds of the epoch
 * @param begins second of the day
 * @param ends second of the day, itself excluded; before {@code begins} when it passes midnight
 */
record DatedPrice(Price price, long from, int begins, int ends) {
  static final int DAY = 24 * 60 * 60;

  static long day(String date) {
    return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
  }

  static int second(String time) {
    return LocalTime.parse(time).toSecondOfDay();
  }

  boolean holds(Instant when) {
    long now = when.getEpochSecond();
    int second = (int) Math.floorMod(now, (long) DAY);
    boolean inDay =
        begins <= ends ? second >= begins && second < ends : second >= begins || second < ends;
    return now >= from && inDay;
  }
}

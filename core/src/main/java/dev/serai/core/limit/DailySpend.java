package dev.serai.core.limit;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What something has cost today, in UTC. Calls at the same time may exceed a limit that is compared
 * with it. Thread-safe.
 */
public final class DailySpend {
  private static final long DAY_MILLIS = 86_400_000;

  private record Spent(long day, double usd) {}

  private final AtomicReference<Spent> spent = new AtomicReference<>(new Spent(0, 0));

  /** Adds a cost in US dollars. */
  public void spend(double usd, long nowMillis) {
    if (usd > 0) {
      spent.updateAndGet(before -> new Spent(day(nowMillis), today(before, nowMillis) + usd));
    }
  }

  /** In US dollars. */
  public double today(long nowMillis) {
    return today(Objects.requireNonNull(spent.get()), nowMillis);
  }

  private static double today(Spent spent, long nowMillis) {
    return spent.day() == day(nowMillis) ? spent.usd() : 0;
  }

  private static long day(long nowMillis) {
    return Math.floorDiv(nowMillis, DAY_MILLIS);
  }
}

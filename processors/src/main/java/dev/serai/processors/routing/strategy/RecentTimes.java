package dev.serai.processors.routing.strategy;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** The latest times of a candidate, for their 95th percentile. Thread-safe, lock-free. */
final class RecentTimes {
  private static final int SIZE = 32;
  private static final double PART = 0.95;
  private static final double UNITS_PER_MILLI = 100;

  /** Hundredths of a millisecond; 0 where there is none yet. */
  private final AtomicIntegerArray times = new AtomicIntegerArray(SIZE);

  private final AtomicInteger next = new AtomicInteger();

  void add(double millis) {
    int units = (int) Math.clamp(Math.round(millis * UNITS_PER_MILLI), 1, Integer.MAX_VALUE);
    times.set(Math.floorMod(next.getAndIncrement(), SIZE), units);
  }

  /** The time in milliseconds that 95 % of them do not exceed; empty if there are none. */
  OptionalDouble p95() {
    return p95(1);
  }

  /** The same; empty if there are fewer times than {@code least}. */
  OptionalDouble p95(int least) {
    int[] sorted = new int[SIZE];
    int known = 0;
    for (int i = 0; i < SIZE; i++) {
      int units = times.get(i);
      if (units > 0) {
        sorted[known++] = units;
      }
    }
    if (known < least) {
      return OptionalDouble.empty();
    }
    Arrays.sort(sorted, 0, known);
    return OptionalDouble.of(sorted[(int) Math.ceil(PART * known) - 1] / UNITS_PER_MILLI);
  }
}

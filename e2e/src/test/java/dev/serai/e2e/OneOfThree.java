package dev.serai.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Claims about time. A machine that is busy with something else makes a run longer and never
 * shorter, so one run of three has to keep the upper bound, and each the lower one. What else a run
 * asserts holds each time.
 */
final class OneOfThree {
  private static final int RUNS = 3;

  private OneOfThree() {}

  /**
   * @param run gets its number, from 0, and says how long it took
   */
  static void takesLessThan(Duration most, IntFunction<Duration> run) {
    takes(Duration.ZERO, most, run);
  }

  static void takes(Duration least, Duration most, IntFunction<Duration> run) {
    List<Duration> took = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      Duration time = run.apply(i);
      took.add(time);
      if (time.compareTo(least) < 0) {
        break;
      }
      if (time.compareTo(most) < 0) {
        return;
      }
    }
    throw new AssertionError("took " + took + ", not between " + least + " and " + most);
  }
}

package dev.serai.adapters.upstream;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions. */
final class Eventually {
  private static final int TRIES = 3;

  private Eventually() {}

  static void within(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + limit);
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  static void soon(BooleanSupplier condition) {
    within(Duration.ofSeconds(30), condition);
  }

  /**
   * Repeats an attempt that depends on time, because a busy machine may make it too slow: one of
   * three attempts must succeed.
   */
  static void inOneOfThree(Try attempt) throws Exception {
    for (int left = TRIES - 1; ; left--) {
      try {
        attempt.run();
        return;
      } catch (AssertionError e) {
        if (left == 0) {
          throw e;
        }
      }
    }
  }

  /** An attempt that may be repeated. */
  interface Try {
    void run() throws Exception;
  }

  /** Checks that a condition stays true. */
  static void stays(Duration time, BooleanSupplier condition) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      if (!condition.getAsBoolean()) {
        throw new AssertionError("did not stay for " + time);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}

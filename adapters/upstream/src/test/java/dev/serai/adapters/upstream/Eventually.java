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
   * Shows that something takes as long as is claimed. A machine that is busy with something else
   * makes it longer: one of three tries must show it.
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

  /** What may be tried again. */
  interface Try {
    void run() throws Exception;
  }

  /** Watches that a condition stays true. */
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

package dev.serai.adapters.upstream;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions. */
final class Eventually {
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

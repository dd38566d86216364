package dev.serai.e2e;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition. */
final class Until {
  private Until() {}

  /** Waits until it holds. Fails when it does not in time. */
  static void holds(Duration patience, String what, BooleanSupplier condition) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + patience.toMillis() + " ms: " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}

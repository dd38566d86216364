package dev.serai.core.time;

/**
 * A clock for durations: nanoseconds from an arbitrary origin, as {@link System#nanoTime()}.
 * Thread-safe.
 */
@FunctionalInterface
public interface Ticker {
  /** The clock of the JVM. */
  Ticker SYSTEM = System::nanoTime;

  /** Nanoseconds; only differences mean anything. */
  long nanos();
}

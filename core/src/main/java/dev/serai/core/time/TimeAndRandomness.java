package dev.serai.core.time;

import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Where a gateway takes the time and its random numbers from, so that a test can give its own.
 *
 * @param clock the time of day
 * @param ticker for durations
 * @param random asked for each use, so that threads may have their own
 */
public record TimeAndRandomness(
    InstantSource clock, Ticker ticker, Supplier<RandomGenerator> random) {
  /** The system's clocks, and a generator for each thread. */
  public static TimeAndRandomness system() {
    return new TimeAndRandomness(InstantSource.system(), Ticker.SYSTEM, ThreadLocalRandom::current);
  }

  /** The same with another clock for the time of day. */
  public TimeAndRandomness withClock(InstantSource other) {
    return new TimeAndRandomness(other, ticker, random);
  }

  /** The same with other random numbers. */
  public TimeAndRandomness withRandom(Supplier<RandomGenerator> other) {
    return new TimeAndRandomness(clock, ticker, other);
  }
}

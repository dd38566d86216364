package dev.serai.core.rate.shared;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time that all gateways share: this gateway's clock and its difference. Thread-safe. */
final class SharedClock implements InstantSource {
  /** A smaller difference is mostly the time of the exchange itself. */
  private static final long MIN_CHANGE = Duration.ofMillis(500).toMillis();

  private final InstantSource clock;
  private volatile long offset;

  SharedClock(InstantSource clock) {
    this.clock = clock;
  }

  /** Notes the time of the others. */
  void set(long millis) {
    long fresh = millis - clock.millis();
    if (Math.abs(fresh - offset) >= MIN_CHANGE) {
      offset = fresh;
    }
  }

  @Override
  public long millis() {
    return clock.millis() + offset;
  }

  @Override
  public Instant instant() {
    return clock.instant().plusMillis(offset);
  }
}

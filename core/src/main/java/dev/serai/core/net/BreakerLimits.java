package dev.serai.core.net;

import java.time.Duration;

/**
 * When a provider's circuit breaker opens and how it closes again.
 *
 * @param window the last calls that are looked at
 * @param minimumCalls below which it never opens
 * @param failureRatePercent at which it opens
 * @param openTime it stays open before a probe is let through
 * @param probes let through while half open; all must succeed to close it
 */
public record BreakerLimits(
    int window, int minimumCalls, int failureRatePercent, Duration openTime, int probes) {
  public BreakerLimits {
    if (window < 1 || minimumCalls < 1 || probes < 1) {
      throw new IllegalArgumentException("breaker counts must be above zero");
    }
    if (failureRatePercent < 1 || failureRatePercent > 100) {
      throw new IllegalArgumentException("failureRatePercent is 1 to 100");
    }
    if (openTime.isZero() || openTime.isNegative()) {
      throw new IllegalArgumentException("openTime must be above zero");
    }
  }

  /** Opens when half of the last 20 calls failed, from 5 on; one probe after 10 s. */
  public static BreakerLimits defaults() {
    return new BreakerLimits(20, 5, 50, Duration.ofSeconds(10), 1);
  }
}

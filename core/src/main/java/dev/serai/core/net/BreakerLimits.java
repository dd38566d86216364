package dev.serai.core.net;

import java.time.Duration;

/**
 * Limits at which the circuit breakers of a provider and of its models open and close.
 *
 * @param window how many of the last calls count
 * @param minimumCalls how many calls there must be before it can open
 * @param failureRatePercent the share of failed calls at which it opens
 * @param openTime how long it stays open before it lets a probe through
 * @param probes how many calls it lets through while half open; all must succeed to close it
 * @param earlyProbe how long after it opened it lets a probe through all the same, if the breakers
 *     of every candidate of a call are open; 0 if never
 */
public record BreakerLimits(
    int window,
    int minimumCalls,
    int failureRatePercent,
    Duration openTime,
    int probes,
    Duration earlyProbe) {
  /**
   * @throws IllegalArgumentException if a count or the time is not above zero, or the rate is not 1
   *     to 100
   */
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
    if (earlyProbe.isNegative()) {
      throw new IllegalArgumentException("earlyProbe must not be below zero");
    }
  }

  /**
   * Opens when half of the last 20 calls failed, from 5 on; one probe after 10 s, or after 1 s for
   * a call without another candidate.
   */
  public static BreakerLimits defaults() {
    return new BreakerLimits(20, 5, 50, Duration.ofSeconds(10), 1, Duration.ofSeconds(1));
  }
}

package dev.serai.core.net;

import dev.serai.core.time.DurationFaults;
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
    new DurationFaults()
        .refuseIf(window < 1, "window must be above 0")
        .refuseIf(minimumCalls < 1, "minimumCalls must be above 0")
        .refuseIf(probes < 1, "probes must be above 0")
        .refuseIf(
            failureRatePercent < 1 || failureRatePercent > 100,
            "failureRatePercent must be from 1 to 100")
        .positive("openTime", openTime)
        .notNegative("earlyProbe", earlyProbe)
        .throwIfAny();
  }

  /**
   * Opens when half of the last 20 calls failed, from 5 on; one probe after 10 s, or after 1 s for
   * a call without another candidate.
   */
  public static BreakerLimits defaults() {
    return new BreakerLimits(20, 5, 50, Duration.ofSeconds(10), 1, Duration.ofSeconds(1));
  }
}

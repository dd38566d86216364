package dev.serai.config;

import dev.serai.config.annotation.Range;
import dev.serai.core.time.DurationFaults;
import java.time.Duration;

/**
 * Retries, always before the first token has reached the client.
 *
 * @param maxAttempts how many attempts of one call may reach a provider
 * @param retryBudgetPercent how many retries are allowed, in percent of the traffic
 * @param firstWait wait before the first retry, less up to half of it by chance; it doubles with
 *     each further retry
 */
public record RetrySettings(
    @Range(min = 1, max = 10) int maxAttempts,
    @Range(min = 0, max = 100) int retryBudgetPercent,
    Duration firstWait) {

  public RetrySettings {
    new DurationFaults().positive("firstWait", firstWait).throwIfAny();
  }

  /** Three attempts, retries for 20 % of the traffic, 100 ms before the first. */
  public static RetrySettings defaults() {
    return new RetrySettings(3, 20, Duration.ofMillis(100));
  }
}

package dev.serai.config;

import dev.serai.config.read.Range;
import java.time.Duration;

/**
 * Trying again, always before the first token has reached the client.
 *
 * @param maxAttempts most attempts of one call that reach a provider
 * @param retryBudgetPercent most retries, as a share of the traffic in percent
 * @param firstWait wait before the first retry; it doubles with each further one
 */
public record RetrySettings(
    @Range(min = 1, max = 10) int maxAttempts,
    @Range(min = 0, max = 100) int retryBudgetPercent,
    Duration firstWait) {

  public RetrySettings {
    Durations.above(firstWait, "firstWait");
  }

  /** Three attempts, a fifth of the traffic, 100 ms and then more. */
  public static RetrySettings defaults() {
    return new RetrySettings(3, 20, Duration.ofMillis(100));
  }
}

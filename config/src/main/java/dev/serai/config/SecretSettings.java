package dev.serai.config;

import dev.serai.core.time.DurationFaults;
import java.time.Duration;

/**
 * Secrets that the settings and variables refer to: see {@code docs/secrets.md}.
 *
 * @param refresh how often they are read again, at least one second
 */
public record SecretSettings(Duration refresh) {
  private static final Duration LEAST = Duration.ofSeconds(1);

  /**
   * @throws IllegalArgumentException if the secret manager would be asked without a pause
   */
  public SecretSettings {
    new DurationFaults().atLeast("refresh", refresh, LEAST).throwIfAny();
  }

  /** Every minute. */
  public static SecretSettings defaults() {
    return new SecretSettings(Duration.ofMinutes(1));
  }
}

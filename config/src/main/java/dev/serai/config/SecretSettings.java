package dev.serai.config;

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
    if (refresh.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException("refresh must be at least 1s");
    }
  }

  /** Every minute. */
  public static SecretSettings defaults() {
    return new SecretSettings(Duration.ofMinutes(1));
  }
}

package dev.serai.config.routing;

import dev.serai.config.annotation.Range;
import dev.serai.core.bandit.BanditAlgorithm;
import dev.serai.core.bandit.BanditRules;
import dev.serai.core.time.DurationFaults;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * How the strategy bandit chooses and what it aims at.
 *
 * @param algorithm learns how well each candidate does: {@code ucb} and {@code thompson} for each
 *     kind of work alone, {@code pooled} also over all kinds, as far as they are alike, {@code
 *     linucb} over features of the request
 * @param halfLife after this time what was learned counts half; 0s if it does not age
 * @param maxTrials the calls of a candidate that count: what was learned before them fades out
 * @param explorationUsdPerDay US dollars per day (UTC) for calls to candidates other than the best
 *     known one; if left out, any
 * @param reward what a call is worth
 */
public record BanditSettings(
    BanditAlgorithm algorithm,
    Duration halfLife,
    @Range(min = 10, max = 1_000_000_000) int maxTrials,
    @Range(min = 0, max = 1_000_000) Optional<BigDecimal> explorationUsdPerDay,
    RewardSettings reward) {
  private static final int DEFAULT_MAX_TRIALS = 2_000;

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public BanditSettings {
    new DurationFaults().notNegative("halfLife", halfLife).throwIfAny();
    rules(algorithm, halfLife, maxTrials, explorationUsdPerDay);
  }

  /** Learns over all kinds of work, without aging and without a budget. */
  public static BanditSettings defaults() {
    return new BanditSettings(
        BanditAlgorithm.POOLED,
        Duration.ZERO,
        DEFAULT_MAX_TRIALS,
        Optional.empty(),
        RewardSettings.defaults());
  }

  /** The same as rules. */
  public BanditRules rules() {
    return rules(algorithm, halfLife, maxTrials, explorationUsdPerDay);
  }

  private static BanditRules rules(
      BanditAlgorithm algorithm, Duration halfLife, int maxTrials, Optional<BigDecimal> usdPerDay) {
    double usd = usdPerDay.map(BigDecimal::doubleValue).orElse(Double.POSITIVE_INFINITY);
    return new BanditRules(algorithm, halfLife, maxTrials, usd, true);
  }
}

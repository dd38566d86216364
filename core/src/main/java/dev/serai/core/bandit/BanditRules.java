package dev.serai.core.bandit;

import java.time.Duration;

/**
 * What the operator sets of a {@link Bandit}. Immutable.
 *
 * @param algorithm how it chooses
 * @param halfLife after this time what was learned counts half; zero if it does not age
 * @param maxTrials the most trials of an arm that count: what was learned before them fades out.
 *     The smaller, the sooner a change of an arm is noticed
 * @param explorationUsdPerDay what calls to others than the best known arm may cost in US dollars
 *     per day in UTC; infinite for any. Probes of suspended arms count, and go on when it is spent
 * @param suspends whether an arm that fails again and again is only probed, until it works again
 */
public record BanditRules(
    BanditAlgorithm algorithm,
    Duration halfLife,
    double maxTrials,
    double explorationUsdPerDay,
    boolean suspends) {
  private static final double MAX_TRIALS = 2_000;

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public BanditRules {
    if (halfLife.isNegative() || (!halfLife.isZero() && halfLife.toMillis() < Decay.STEPS)) {
      throw new IllegalArgumentException("the half-life is zero or at least 16 ms");
    }
    if (!(maxTrials >= 10 && maxTrials <= 1e9)) {
      throw new IllegalArgumentException("max_trials is between 10 and 1,000,000,000");
    }
    if (!(explorationUsdPerDay >= 0)) {
      throw new IllegalArgumentException("the exploration budget is 0 or more US dollars");
    }
  }

  /** What is learned ages only by what is learned after it, and exploration has no budget. */
  public static BanditRules of(BanditAlgorithm algorithm) {
    return new BanditRules(algorithm, Duration.ZERO, MAX_TRIALS, Double.POSITIVE_INFINITY, true);
  }
}

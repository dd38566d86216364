package dev.serai.core.bandit;

import java.time.Duration;

/**
 * How much the operator values what, and so what a {@link Bandit} aims at: success, quality and
 * speed less cost. A call's value is between 0 and 1. Success, quality and speed are learned from
 * outcomes. What a call costs is known before, and differs from call to call with its length and
 * with what the provider has in its prompt cache, so it is not learned but taken off when an arm is
 * chosen. Immutable; pure functions.
 *
 * @param success the weight of an answer at all
 * @param quality the weight of its quality
 * @param speed the weight of its speed
 * @param cost what a call of {@code highCostUsd} or more takes off, between 0 and 1
 * @param halfSpeed the latency at which the speed is a half; 0 latency is 1
 * @param highCostUsd see {@code cost}, in US dollars
 */
public record RewardRules(
    double success,
    double quality,
    double speed,
    double cost,
    Duration halfSpeed,
    double highCostUsd) {
  /** Quality first: a call of five cents is worth it if it succeeds 15 % more often. */
  public static final RewardRules DEFAULT =
      new RewardRules(0.5, 0.4, 0.1, 0.15, Duration.ofSeconds(10), 0.05);

  /**
   * @throws IllegalArgumentException if a weight is negative, all are 0, or a scale is not above 0
   */
  public RewardRules {
    if (!(success >= 0 && quality >= 0 && speed >= 0 && success + quality + speed > 0)
        || success + quality + speed > 1e6) {
      throw new IllegalArgumentException(
          "the weights of success, quality and speed are from 0, and one is above 0");
    }
    if (!(cost >= 0 && cost <= 1)) {
      throw new IllegalArgumentException("the weight of cost is between 0 and 1, not " + cost);
    }
    if (halfSpeed.isNegative() || halfSpeed.isZero()) {
      throw new IllegalArgumentException("the latency of half speed is above 0");
    }
    if (!(highCostUsd > 0 && Double.isFinite(highCostUsd))) {
      throw new IllegalArgumentException("the high cost is above 0 US dollars");
    }
  }

  /**
   * How a call ended.
   *
   * @param answered whether the arm answered
   * @param quality between 0 and 1, from feedback or checks; 1 if neither lowers it
   * @param latency until the end, or until the first token, as long as it is always the same
   */
  public record Outcome(boolean answered, double quality, Duration latency) {
    /** A call that the arm did not answer. */
    public static final Outcome FAILED = new Outcome(false, 0, Duration.ZERO);
  }

  /** What is learned of an outcome, between 0 and 1: a failure is 0. */
  public double learned(Outcome outcome) {
    if (!outcome.answered()) {
      return 0;
    }
    double latency = Math.max(0, outcome.latency().toNanos());
    double fast = halfSpeed.toNanos() / (halfSpeed.toNanos() + latency);
    double good = Double.isNaN(outcome.quality()) ? 0 : Math.clamp(outcome.quality(), 0, 1);
    return Math.clamp(
        (success + quality * good + speed * fast) / (success + quality + speed), 0, 1);
  }

  /**
   * The share of the reward for success and quality that a mean reward has at least, between 0 and
   * 1. Speed does not lower it.
   *
   * @param mean of rewards as {@link #learned} has them
   */
  public double qualityShare(double mean) {
    double full = success + quality;
    return full == 0 ? 1 : Math.clamp(mean * (full + speed) / full, 0, 1);
  }

  /**
   * What a change of the quality of an answered call changes of what is learned of it.
   *
   * @param change of the quality, between -1 and 1
   */
  public double learned(double change) {
    return quality * Math.clamp(change, -1, 1) / (success + quality + speed);
  }

  /**
   * What a call takes off, between 0 and 1.
   *
   * @param costUsd its expected cost in US dollars
   * @param switchingUsd what is expected on top because another provider has the prompt in its
   *     cache; 0 if it does not change the provider
   */
  public double penalty(double costUsd, double switchingUsd) {
    double all = Math.max(0, costUsd) + Math.max(0, switchingUsd);
    return all > 0 ? cost * Math.min(1, all / highCostUsd) : 0;
  }

  /** The value of a call as a whole, between 0 and 1. */
  public double value(Outcome outcome, double penalty) {
    return Math.clamp(learned(outcome) - penalty, 0, 1);
  }
}

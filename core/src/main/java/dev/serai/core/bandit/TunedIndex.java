package dev.serai.core.bandit;

/**
 * UCB1-TUNED of Auer, Cesa-Bianchi and Fischer (2002), with the greatest variance that a reward
 * between 0 and 1 with this mean can have.
 */
final class TunedIndex implements IndexPolicy.Index {
  private static final double MAX_VARIANCE = 0.25;
  private static final double UNKNOWN_MEAN = 0.5;

  /** Evidence that has aged to less than this is none. */
  private static final double MIN_TRIALS = 0.25;

  @Override
  public double mean(Evidence evidence, BanditContext context) {
    double trials = Sums.trials(evidence.sums(), context.cluster());
    return trials < MIN_TRIALS
        ? UNKNOWN_MEAN
        : Math.clamp(Sums.rewards(evidence.sums(), context.cluster()) / trials, 0, 1);
  }

  @Override
  public double radius(Evidence evidence, BanditContext context, double logTrials) {
    double trials = Sums.trials(evidence.sums(), context.cluster());
    if (trials < MIN_TRIALS) {
      return Double.POSITIVE_INFINITY;
    }
    double mean = mean(evidence, context);
    double variance = mean * (1 - mean) + Math.sqrt(2 * logTrials / trials);
    return Math.sqrt(logTrials / trials * Math.min(MAX_VARIANCE, variance));
  }
}

package dev.serai.core.bandit;

import dev.serai.core.bandit.Evidence.Derived;

/**
 * A mixture of two hypotheses: the arm has one rate in all clusters, or a rate for each. Their
 * weights are the marginal likelihoods of what was seen, so that an arm is learned over all
 * clusters until it shows that it is not as good in each. A rate of a cluster begins at that of the
 * arm.
 */
final class PooledPosterior implements SampledPolicy.Posterior {
  /** How many trials the rate of the arm counts for that of a cluster, at most. */
  private static final double PRIOR_TRIALS = 4;

  private static final double MAX_LOG_ODDS = 30;

  /** The logarithm of the odds that an arm has one rate, before anything is seen. */
  private static final double PRIOR_LOG_ODDS = 4;

  /** The probability of a rate for each cluster then. */
  private static final double NOTHING_SEEN = 1 / (1 + Math.exp(PRIOR_LOG_ODDS));

  /** Both shapes of a rate of a cluster then: those of one trial of which a half succeeded. */
  private static final double UNSEEN = 0.5;

  /**
   * How many trials a trial counts when there are many: samples closer to the means explore less
   * (posterior reshaping: Chapelle and Li, An Empirical Evaluation of Thompson Sampling, 2011).
   */
  private static final double MAX_SHARPNESS = 4;

  /** With so many trials, half of that is reached; with few, an arm must not be given up. */
  private static final double HALF_SHARP = 30;

  /**
   * @param ofClusters the probability that the arm has a rate for each cluster
   * @param trials that this was computed from
   */
  private record Split(double ofClusters, double trials) implements Derived {
    boolean isRecent(double now) {
      return Math.abs(now - trials) < Math.min(now / 16, 32);
    }
  }

  @Override
  public Derived derive(double[] sums, Derived before) {
    double trials = Sums.trials(sums);
    return before instanceof Split split && split.isRecent(trials) ? split : split(sums, trials);
  }

  @Override
  public void fill(Evidence evidence, int cluster, BetaMixtures mixtures, int option) {
    if (evidence == Evidence.NONE) { // the same as below, and most of a long list
      mixtures.set(option, UNSEEN, UNSEEN);
      mixtures.mix(option, NOTHING_SEEN, 1, 1);
      return;
    }
    double[] sums = evidence.sums();
    double trials = evidence.trials();
    double rewards = evidence.rewards();
    double own = Sums.trials(sums, cluster);
    double ownRewards = Sums.boundedRewards(sums, cluster);
    double rate = (1 + rewards) / (2 + trials);
    double prior = Math.min(PRIOR_TRIALS, 1 + trials);
    double ofClusters = evidence.derived() instanceof Split split ? split.ofClusters : NOTHING_SEEN;
    double ofOwn = sharpness(own);
    mixtures.set(
        option, prior * rate + ofOwn * ownRewards, prior * (1 - rate) + ofOwn * (own - ownRewards));
    double ofAll = sharpness(trials);
    mixtures.mix(option, ofClusters, 1 + ofAll * rewards, 1 + ofAll * (trials - rewards));
  }

  private static double sharpness(double trials) {
    return 1 + (MAX_SHARPNESS - 1) * trials / (trials + HALF_SHARP);
  }

  private static Split split(double[] sums, double trials) {
    double rewards = Math.clamp(Sums.rewards(sums), 0, trials);
    double rate = (1 + rewards) / (2 + trials);
    double a = PRIOR_TRIALS * rate;
    double b = PRIOR_TRIALS * (1 - rate);
    double logOdds = PRIOR_LOG_ODDS + LogGamma.logBeta(1 + rewards, 1 + trials - rewards);
    for (int i = 0; i < Sums.CLUSTERS; i++) {
      double tried = Sums.trials(sums, i);
      if (tried > 0) {
        double seen = Math.clamp(Sums.rewards(sums, i), 0, tried);
        logOdds -= LogGamma.logBeta(a + seen, b + tried - seen) - LogGamma.logBeta(a, b);
      }
    }
    return new Split(1 / (1 + Math.exp(Math.clamp(logOdds, -MAX_LOG_ODDS, MAX_LOG_ODDS))), trials);
  }
}

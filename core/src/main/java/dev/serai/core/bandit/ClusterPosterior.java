package dev.serai.core.bandit;

/** Each cluster alone, beginning with a uniform distribution: textbook Thompson sampling. */
final class ClusterPosterior implements SampledPolicy.Posterior {
  @Override
  public void fill(Evidence evidence, int cluster, BetaMixtures mixtures, int option) {
    double trials = Sums.trials(evidence.sums(), cluster);
    double rewards = Sums.boundedRewards(evidence.sums(), cluster);
    mixtures.set(option, 1 + rewards, 1 + trials - rewards);
  }
}

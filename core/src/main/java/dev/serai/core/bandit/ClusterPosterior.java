package dev.serai.core.bandit;

/** Each cluster alone, beginning with a uniform distribution: textbook Thompson sampling. */
final class ClusterPosterior implements SampledPolicy.Posterior {
  @Override
  public void believe(Evidence evidence, int cluster, Beliefs beliefs, int option) {
    double trials = Sums.trials(evidence.sums(), cluster);
    double rewards = Math.clamp(Sums.rewards(evidence.sums(), cluster), 0, trials);
    beliefs.set(option, 1 + rewards, 1 + trials - rewards);
  }
}

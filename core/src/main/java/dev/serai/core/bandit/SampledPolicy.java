package dev.serai.core.bandit;

import dev.serai.core.bandit.Evidence.Derived;

/**
 * Thompson sampling: draws a rate for each arm from its posterior distribution, and takes the arm
 * with the highest. So an arm is chosen with the probability that it is the best.
 */
final class SampledPolicy implements Policy {
  /** The posterior distribution of the rate of an arm in a context. */
  interface Posterior {
    default Derived derive(double[] sums, Derived before) {
      return Derived.NONE;
    }

    /** Sets the distribution of an option. */
    void fill(Evidence evidence, int cluster, BetaMixtures mixtures, int option);
  }

  private final Posterior posterior;

  SampledPolicy(Posterior posterior) {
    this.posterior = posterior;
  }

  @Override
  public Derived derive(double[] sums, Derived before) {
    return posterior.derive(sums, before);
  }

  @Override
  public Choice choose(ChoiceInput input, boolean greedy) {
    BetaMixtures mixtures = new BetaMixtures(input);
    int cluster = input.context().cluster();
    double[] means = new double[input.size()];
    for (int i = 0; i < means.length; i++) {
      posterior.fill(input.evidence(i), cluster, mixtures, i);
      means[i] = mixtures.mean(i) - input.option(i).penalty();
    }
    if (greedy) {
      return new Choice(input, OptionScores.fixed(input, means, means));
    }
    double[] scores = new double[means.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = mixtures.sample(i) - input.option(i).penalty();
    }
    return new Choice(input, new OptionScores(means, scores, mixtures::chance));
  }
}

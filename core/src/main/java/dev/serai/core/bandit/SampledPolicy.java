package dev.serai.core.bandit;

import dev.serai.core.bandit.Evidence.Derived;

/**
 * Thompson sampling: draws a rate for each arm from what is believed of it, and takes the arm with
 * the highest. So an arm is chosen with the probability that it is the best.
 */
final class SampledPolicy implements Policy {
  /** What is believed of the rate of an arm in a situation. */
  interface Posterior {
    default Derived derive(double[] sums, Derived before) {
      return Derived.NONE;
    }

    void believe(Evidence evidence, int cluster, Beliefs beliefs, int option);
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
  public Choice choose(Question question, boolean greedy) {
    Beliefs beliefs = new Beliefs(question);
    int cluster = question.situation().cluster();
    double[] means = new double[question.size()];
    for (int i = 0; i < means.length; i++) {
      posterior.believe(question.evidence(i), cluster, beliefs, i);
      means[i] = beliefs.mean(i) - question.option(i).penalty();
    }
    if (greedy) {
      return new Choice(question, Scores.fixed(question, means, means));
    }
    double[] scores = new double[means.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = beliefs.sample(i) - question.option(i).penalty();
    }
    return new Choice(question, new Scores(means, scores, beliefs::chance));
  }
}

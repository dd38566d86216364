package dev.serai.core.bandit;

import dev.serai.core.bandit.Evidence.Derived;

/** Takes the arm with the highest upper bound: optimism in the face of uncertainty. */
final class IndexPolicy implements Policy {
  /** An arm that was never tried is chosen before all others, whatever it costs. */
  private static final double UNTRIED = 3;

  private static final double MAX_TRIED = 2;

  /** Bounds of an arm's reward in a situation. */
  interface Index {
    default Derived derive(double[] sums, Derived before) {
      return Derived.NONE;
    }

    default boolean isLinear() {
      return false;
    }

    double mean(Evidence evidence, Situation situation);

    /**
     * How far above the mean the reward may be; infinite if nothing is known.
     *
     * @param logTrials the logarithm of the trials of all arms in the cluster
     */
    double radius(Evidence evidence, Situation situation, double logTrials);
  }

  private final Index index;

  IndexPolicy(Index index) {
    this.index = index;
  }

  @Override
  public Derived derive(double[] sums, Derived before) {
    return index.derive(sums, before);
  }

  @Override
  public boolean isLinear() {
    return index.isLinear();
  }

  @Override
  public Choice choose(Question question, boolean greedy) {
    Situation situation = question.situation();
    double trials = 0;
    for (int i = 0; i < question.size(); i++) {
      trials += Sums.trials(question.evidence(i).sums(), situation.cluster());
    }
    double logTrials = Math.log(Math.max(trials, 1));
    double[] means = new double[question.size()];
    double[] scores = greedy ? means : new double[means.length];
    for (int i = 0; i < means.length; i++) {
      Evidence evidence = question.evidence(i);
      double penalty = question.option(i).penalty();
      double mean = index.mean(evidence, situation);
      double radius = greedy ? 0 : index.radius(evidence, situation, logTrials);
      means[i] = mean - penalty;
      scores[i] =
          Double.isInfinite(radius) ? UNTRIED : Math.min(mean + radius, MAX_TRIED) - penalty;
    }
    return new Choice(question, Scores.fixed(question, means, scores));
  }
}

package dev.serai.core.bandit;

import dev.serai.core.bandit.Evidence.Derived;

/** Takes the arm with the highest upper bound: optimism in the face of uncertainty. */
final class IndexPolicy implements Policy {
  /** An arm that was never tried is chosen before all others, whatever it costs. */
  private static final double UNTRIED = 3;

  private static final double MAX_TRIED = 2;

  /** Bounds of an arm's reward in a context. */
  interface Index {
    default Derived derive(double[] sums, Derived before) {
      return Derived.NONE;
    }

    default boolean isLinear() {
      return false;
    }

    double mean(Evidence evidence, BanditContext context);

    /**
     * How far above the mean the reward may be; infinite if nothing is known.
     *
     * @param logTrials the logarithm of the trials of all arms in the cluster
     */
    double radius(Evidence evidence, BanditContext context, double logTrials);
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
  public Choice choose(ChoiceInput input, boolean greedy) {
    BanditContext context = input.context();
    double trials = 0;
    for (int i = 0; i < input.size(); i++) {
      trials += Sums.trials(input.evidence(i).sums(), context.cluster());
    }
    double logTrials = Math.log(Math.max(trials, 1));
    double[] means = new double[input.size()];
    double[] scores = greedy ? means : new double[means.length];
    for (int i = 0; i < means.length; i++) {
      Evidence evidence = input.evidence(i);
      double penalty = input.option(i).penalty();
      double mean = index.mean(evidence, context);
      double radius = greedy ? 0 : index.radius(evidence, context, logTrials);
      means[i] = mean - penalty;
      scores[i] =
          Double.isInfinite(radius) ? UNTRIED : Math.min(mean + radius, MAX_TRIED) - penalty;
    }
    return new Choice(input, OptionScores.fixed(input, means, scores));
  }
}

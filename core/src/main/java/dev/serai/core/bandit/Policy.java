package dev.serai.core.bandit;

import dev.serai.core.bandit.Evidence.Derived;

/** An algorithm. It has no state of its own: the evidence is an argument. Thread-safe. */
interface Policy {
  /** What it needs of an arm's sums, computed when they change. */
  default Derived derive(double[] sums, Derived before) {
    return Derived.NONE;
  }

  /** Whether it learns the sums of features. */
  default boolean isLinear() {
    return false;
  }

  /**
   * Chooses an option that is not suspended.
   *
   * @param greedy whether only the best known one may be chosen
   */
  Choice choose(ChoiceInput input, boolean greedy);

  static Policy of(BanditAlgorithm algorithm) {
    return switch (algorithm) {
      case UCB -> new IndexPolicy(new TunedIndex());
      case THOMPSON -> new SampledPolicy(new ClusterPosterior());
      case POOLED -> new SampledPolicy(new PooledPosterior());
      case LINUCB -> new IndexPolicy(new LinearIndex());
    };
  }
}

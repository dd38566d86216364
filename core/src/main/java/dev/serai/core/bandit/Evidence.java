package dev.serai.core.bandit;

/**
 * What is known of one arm. Immutable; learning makes another one. Its arrays are shared and never
 * changed.
 */
final class Evidence {
  /** The trials after which the rate of an arm is known well enough to detect that it fails. */
  private static final double MIN_TRIALS = 10;

  private static final double WEIGHT_OF_ALL = 4;

  /** What is computed of the sums when they change, so that choices are cheap. */
  interface Derived {
    Derived NONE = new Derived() {};
  }

  private record Condition(FailureDetector detector, long step) {}

  static final Evidence NONE =
      new Evidence(Sums.NONE, Sums.NONE, Derived.NONE, new Condition(FailureDetector.NONE, 0));

  private final double[] sums;
  private final double[] unshared;
  private final Derived derived;
  private final Condition condition;
  private final double trials;
  private final double rewards;

  private Evidence(double[] sums, double[] unshared, Derived derived, Condition condition) {
    this.sums = sums;
    this.unshared = unshared;
    this.derived = derived;
    this.condition = condition;
    this.trials = Sums.trials(sums);
    this.rewards = Math.clamp(Sums.rewards(sums), 0, trials);
  }

  /** In all clusters. */
  double trials() {
    return trials;
  }

  /** In all clusters, not more than the trials. */
  double rewards() {
    return rewards;
  }

  double[] sums() {
    return sums;
  }

  double[] unshared() {
    return unshared;
  }

  Derived derived() {
    return derived;
  }

  FailureDetector detector() {
    return condition.detector;
  }

  long step() {
    return condition.step;
  }

  /** The same, aged to a step of {@link Decay}. */
  Evidence at(long now, Policy policy) {
    if (now <= step()) {
      return this;
    }
    double[] aged = Sums.plus(sums, Decay.factor(now - step()), Sums.NONE);
    return new Evidence(
        aged, unshared, policy.derive(aged, derived), new Condition(detector(), now));
  }

  /** With what was learned here, and is to be shared. */
  Evidence learned(double[] more, Policy policy, BanditRules rules) {
    return plus(more, Sums.plus(unshared, 1, more), policy, rules);
  }

  /** With what was learned elsewhere. */
  Evidence received(double[] more, Policy policy, BanditRules rules) {
    return plus(more, unshared, policy, rules);
  }

  /** The sums keep their proportions when they are bounded: what is older fades out. */
  private Evidence plus(double[] more, double[] share, Policy policy, BanditRules rules) {
    double[] all = Sums.plus(sums, 1, more);
    double factor = rules.maxTrials() / Sums.trials(all);
    double[] bounded = factor < 1 ? Sums.plus(all, factor, Sums.NONE) : all;
    FailureDetector next =
        rules.suspends() && trials >= MIN_TRIALS ? detectorAfter(more) : detector();
    return new Evidence(
        bounded, share, policy.derive(bounded, derived), new Condition(next, step()));
  }

  private FailureDetector detectorAfter(double[] more) {
    double rateOfAll = rewards / trials;
    FailureDetector next = detector();
    for (int i = 0; i < Sums.CLUSTERS; i++) {
      double tried = Sums.trials(more, i);
      if (tried > 0) {
        double rate =
            (Sums.rewards(sums, i) + WEIGHT_OF_ALL * rateOfAll)
                / (Sums.trials(sums, i) + WEIGHT_OF_ALL);
        next = next.after(tried, Math.clamp(Sums.rewards(more, i), 0, tried), rate);
      }
    }
    return next;
  }

  /** Without anything to share. */
  Evidence shared() {
    return new Evidence(sums, Sums.NONE, derived, condition);
  }

  /** For other rules; the step is that of their {@link Decay}. */
  Evidence under(Policy policy, long now) {
    return new Evidence(
        sums,
        unshared,
        policy.derive(sums, Derived.NONE),
        new Condition(FailureDetector.NONE, now));
  }
}

package dev.serai.core.offpolicy;

/**
 * A choice that was made, its outcome, and what another policy would have done.
 *
 * @param value of the outcome: a reward, a cost, a latency
 * @param propensity the probability with which the choice was made, above 0
 * @param target the probability with which the other policy makes this choice in the same context
 * @param predicted what a model of the outcomes predicts for this choice; 0 without a model
 * @param expected what the model predicts of the other policy in this context: the predictions of
 *     all choices, weighed by the other policy's probabilities; 0 without a model
 */
record LoggedChoice(
    double value, double propensity, double target, double predicted, double expected) {
  /**
   * @throws IllegalArgumentException if a probability is out of its range or a number is not finite
   */
  LoggedChoice {
    if (!(propensity > 0 && propensity <= 1)) {
      throw new IllegalArgumentException(
          "the propensity of a logged choice is above 0 and at most 1, not " + propensity);
    }
    if (!(target >= 0 && target <= 1)) {
      throw new IllegalArgumentException("a probability is between 0 and 1, not " + target);
    }
    if (!Double.isFinite(value) || !Double.isFinite(predicted) || !Double.isFinite(expected)) {
      throw new IllegalArgumentException("the values of a logged choice are finite numbers");
    }
  }

  /** Without a model of the outcomes. */
  LoggedChoice(double value, double propensity, double target) {
    this(value, propensity, target, 0, 0);
  }

  double weight(double maxWeight) {
    return Math.min(target / propensity, maxWeight);
  }
}

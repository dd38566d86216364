package dev.serai.core.bandit;

import java.util.function.IntToDoubleFunction;

/**
 * What a strategy makes of the options of a choice, each in their order.
 *
 * @param means the expected reward of each, less its penalty
 * @param values what is compared: the highest is chosen
 * @param chances the probability that an option has the highest value
 */
record Scores(double[] means, double[] values, IntToDoubleFunction chances) {
  /** Without chance, but for equal values, of which each is as probable. */
  static Scores fixed(Question question, double[] means, double[] values) {
    return new Scores(means, values, option -> share(question, values, option));
  }

  private static double share(Question question, double[] values, int option) {
    int equal = 0;
    for (int i = 0; i < values.length; i++) {
      if (!question.isSuspended(i) && values[i] > values[option]) {
        return 0;
      }
      equal += !question.isSuspended(i) && values[i] == values[option] ? 1 : 0;
    }
    return 1.0 / equal;
  }
}

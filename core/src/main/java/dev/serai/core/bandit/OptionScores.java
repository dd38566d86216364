package dev.serai.core.bandit;

import java.util.function.IntToDoubleFunction;

/**
 * What an algorithm makes of the options of a choice, each in their order.
 *
 * @param means the expected reward of each, less its penalty
 * @param values what is compared: the highest is chosen
 * @param chances the probability that an option has the highest value
 */
record OptionScores(double[] means, double[] values, IntToDoubleFunction chances) {
  /** Without chance, but for equal values, of which each is as probable. */
  static OptionScores fixed(ChoiceInput input, double[] means, double[] values) {
    return new OptionScores(means, values, option -> share(input, values, option));
  }

  private static double share(ChoiceInput input, double[] values, int option) {
    int equal = 0;
    for (int i = 0; i < values.length; i++) {
      if (!input.isSuspended(i) && values[i] > values[option]) {
        return 0;
      }
      equal += !input.isSuspended(i) && values[i] == values[option] ? 1 : 0;
    }
    return 1.0 / equal;
  }
}

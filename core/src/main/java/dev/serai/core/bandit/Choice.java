package dev.serai.core.bandit;

/**
 * What a {@link Bandit} has chosen, and why. Immutable. All options have their position in the list
 * that was given.
 */
public final class Choice {
  /** Why an arm was chosen. */
  public enum Role {
    /** It is the best as far as is known. */
    PRIMARY,
    /** Another one may be better: it is chosen to learn more of it. */
    EXPLORE
  }

  private final ChoiceInput input;
  private final OptionScores scores;
  private final int best;
  private final int index;

  /** Of equal scores one is chosen at random. */
  Choice(ChoiceInput input, OptionScores scores) {
    this(input, scores, highest(input, scores.values()));
  }

  private Choice(ChoiceInput input, OptionScores scores, int index) {
    this.input = input;
    this.scores = scores;
    this.index = index;
    double[] means = scores.means();
    int first = input.isSuspended(index) ? -1 : index;
    for (int i = 0; i < means.length; i++) {
      if (!input.isSuspended(i) && (first < 0 || means[i] > means[first])) {
        first = i;
      }
    }
    this.best = first;
  }

  /** The position of the highest; of equal ones, one at random. */
  private static int highest(ChoiceInput input, double[] scores) {
    int first = -1;
    int equal = 0;
    for (int i = 0; i < scores.length; i++) {
      if (input.isSuspended(i) || (first >= 0 && scores[i] < scores[first])) {
        continue;
      }
      equal = first >= 0 && scores[i] == scores[first] ? equal + 1 : 1;
      if (equal == 1 || input.random().nextInt(equal) == 0) {
        first = i;
      }
    }
    return first;
  }

  /** The same options and scores, but this one is chosen, since it is probed. */
  Choice probing(int option) {
    return new Choice(input, scores, option);
  }

  /** The position of the chosen option. */
  public int index() {
    return index;
  }

  /** The name of the chosen arm. */
  public String arm() {
    return input.option(index).arm();
  }

  /** The expected cost of the chosen option, in US dollars. */
  double costUsd() {
    return input.option(index).costUsd();
  }

  public Role role() {
    return index == best ? Role.PRIMARY : Role.EXPLORE;
  }

  /** The position of the option that is the best as far as is known. */
  public int best() {
    return best;
  }

  /** The expected reward of an option, less its penalty. */
  public double mean(int option) {
    return scores.means()[option];
  }

  /** What the algorithm compared: a random sample, or an upper bound, of the mean. */
  public double score(int option) {
    return scores.values()[option];
  }

  /** Whether an option is only probed, since it failed again and again. */
  public boolean isSuspended(int option) {
    return input.isSuspended(option);
  }

  /** The probability with which the chosen option was chosen. See {@link #propensity(int)}. */
  public double propensity() {
    return propensity(index);
  }

  /**
   * The probability with which an option was to be chosen, given what was known. Exact for upper
   * bounds, for greedy choices and for probes. For samples it is an integral over the approximate
   * distributions, with an error below 0.03; not less than 0.0001. It takes some microseconds and
   * is computed when it is asked for.
   */
  public double propensity(int option) {
    return isSuspended(option)
        ? input.probeShare(option)
        : (1 - input.probeShare()) * scores.chances().applyAsDouble(option);
  }
}

package dev.serai.core.bandit;

/**
 * The posterior distribution of the rate of each option: a mixture of two Beta distributions.
 * Filled once, then only read.
 */
final class BetaMixtures {
  private static final int CELLS = 24;
  private static final double WIDTH = 5;
  private static final double MIN_CHANCE = 1e-4;

  /** A part of a mixture with less weight does not count. */
  private static final double MIN_WEIGHT = 0.003;

  private final ChoiceInput input;
  private final double[] weight;
  private final double[] successes;
  private final double[] failures;
  private final double[] otherSuccesses;
  private final double[] otherFailures;

  BetaMixtures(ChoiceInput input) {
    this.input = input;
    int size = input.size();
    weight = new double[size];
    successes = new double[size];
    failures = new double[size];
    otherSuccesses = new double[size];
    otherFailures = new double[size];
  }

  /** One Beta distribution. */
  void set(int option, double a, double b) {
    weight[option] = 1;
    successes[option] = a;
    failures[option] = b;
  }

  /** Mixes it with another one. */
  void mix(int option, double weightOfFirst, double a, double b) {
    weight[option] = weightOfFirst;
    otherSuccesses[option] = a;
    otherFailures[option] = b;
  }

  double mean(int i) {
    double first = successes[i] / (successes[i] + failures[i]);
    return weight[i] == 1
        ? first
        : weight[i] * first
            + (1 - weight[i]) * otherSuccesses[i] / (otherSuccesses[i] + otherFailures[i]);
  }

  double sample(int i) {
    boolean first = weight[i] == 1 || input.random().nextDouble() < weight[i];
    return first
        ? BetaSampler.sample(successes[i], failures[i], input.random())
        : BetaSampler.sample(otherSuccesses[i], otherFailures[i], input.random());
  }

  /**
   * The probability that an option has the highest sample: the integral of its density times the
   * probabilities that the others are below.
   */
  double chance(int option) {
    double[] highest = new double[weight.length];
    for (int i = 0; i < highest.length; i++) {
      highest[i] = edge(i, WIDTH) - input.option(i).penalty();
    }
    double penalty = input.option(option).penalty();
    double from = Math.max(0, edge(option, -WIDTH));
    double step = (Math.min(1, highest[option] + penalty) - from) / CELLS;
    double chance = 0;
    double below = cdf(option, from);
    for (int i = 0; i < CELLS; i++) {
      double upTo = cdf(option, from + step * (i + 1));
      if (upTo > below) {
        double score = from + step * (i + 0.5) - penalty;
        chance += (upTo - below) * chanceThatOthersAreBelow(score, option, highest);
      }
      below = upTo;
    }
    return Math.clamp(chance, MIN_CHANCE, 1);
  }

  private double chanceThatOthersAreBelow(double score, int option, double[] highest) {
    double product = 1;
    for (int i = 0; i < highest.length && product > MIN_CHANCE / CELLS; i++) {
      if (i != option && score < highest[i] && !input.isSuspended(i)) {
        product *= cdf(i, score + input.option(i).penalty());
      }
    }
    return product;
  }

  private double cdf(int i, double rate) {
    if (isFirstOnly(i)) {
      return BetaCurve.cdf(successes[i], failures[i], rate);
    }
    double other = BetaCurve.cdf(otherSuccesses[i], otherFailures[i], rate);
    return isOtherOnly(i)
        ? other
        : weight[i] * BetaCurve.cdf(successes[i], failures[i], rate) + (1 - weight[i]) * other;
  }

  private boolean isFirstOnly(int i) {
    return weight[i] > 1 - MIN_WEIGHT;
  }

  private boolean isOtherOnly(int i) {
    return weight[i] < MIN_WEIGHT;
  }

  /** So many standard deviations from the mean, in the part of the mixture where that is more. */
  private double edge(int i, double deviations) {
    if (isOtherOnly(i)) {
      return edge(otherSuccesses[i], otherFailures[i], deviations);
    }
    double first = edge(successes[i], failures[i], deviations);
    if (isFirstOnly(i)) {
      return first;
    }
    double other = edge(otherSuccesses[i], otherFailures[i], deviations);
    return deviations > 0 ? Math.max(first, other) : Math.min(first, other);
  }

  private static double edge(double a, double b, double deviations) {
    double sum = a + b;
    return a / sum + deviations * Math.sqrt(a * b / (sum + 1)) / sum;
  }
}

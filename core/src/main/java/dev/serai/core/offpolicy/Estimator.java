package dev.serai.core.offpolicy;

import dev.serai.core.statistics.Moments;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Ways to estimate the value of a policy from choices of another one. Stateless. */
public enum Estimator {
  /**
   * Inverse propensity scoring (Horvitz and Thompson, 1952): the mean of the outcomes, each weighed
   * by how much more often the policy makes the choice. Unbiased.
   */
  IPS {
    @Override
    Moments moments(Sample sample, double maxWeight) {
      Moments moments = new Moments();
      for (int i = 0; i < sample.size(); i++) {
        LoggedChoice choice = sample.get(i);
        moments.add(choice.weight(maxWeight) * choice.value());
      }
      return moments;
    }
  },
  /**
   * The same divided by the mean weight (self-normalised: Swaminathan and Joachims, 2015). A small
   * bias, less variance, and never beyond the outcomes that were seen.
   */
  SNIPS {
    @Override
    Moments moments(Sample sample, double maxWeight) {
      double weights = 0;
      double sum = 0;
      for (int i = 0; i < sample.size(); i++) {
        double weight = sample.get(i).weight(maxWeight);
        weights += weight;
        sum += weight * sample.get(i).value();
      }
      double value = weights == 0 ? 0 : sum / weights;
      double mean = weights / sample.size();
      Moments moments = new Moments();
      for (int i = 0; i < sample.size(); i++) {
        LoggedChoice choice = sample.get(i);
        double share = mean == 0 ? 0 : choice.weight(maxWeight) / mean;
        moments.add(value + share * (choice.value() - value));
      }
      return moments;
    }
  },
  /**
   * Doubly robust (Dudik, Langford and Li, 2011): a model's prediction, corrected by what it got
   * wrong. Right if either the model or the propensities are.
   */
  DOUBLY_ROBUST {
    @Override
    Moments moments(Sample sample, double maxWeight) {
      Moments moments = new Moments();
      for (int i = 0; i < sample.size(); i++) {
        LoggedChoice choice = sample.get(i);
        double wrong = choice.value() - choice.predicted();
        moments.add(choice.expected() + choice.weight(maxWeight) * wrong);
      }
      return moments;
    }
  };

  private static final int MAX_RESAMPLES = 10_000;

  /** The correction of a smaller skewness is lost in rounding. */
  private static final double NO_SKEW = 1e-6;

  abstract Moments moments(Sample sample, double maxWeight);

  /**
   * With an interval of the normal distribution, each end of which goes further where the skewness
   * of the terms demands it (Hall, On the removal of skewness by transformation, 1992): a log has
   * rare outcomes of large weight by chance, or has none of them.
   *
   * @param confidence that the interval has the value, such as 0.95
   * @param maxWeight larger weights are cut, which bounds the variance and adds a bias; infinite
   *     for none
   * @throws IllegalArgumentException if there is no choice, or a number is out of its range
   */
  Estimate estimate(List<LoggedChoice> choices, double confidence, double maxWeight) {
    check(choices, confidence, maxWeight);
    Moments moments = moments(Sample.all(choices), maxWeight);
    double quantile = Quantiles.normal(confidence);
    double skew = moments.skewness() / Math.sqrt(choices.size());
    double error = moments.standardError();
    double value = moments.mean();
    return new Estimate(
        value,
        value - error * Math.max(quantile, unskewed(quantile, skew)),
        value - error * Math.min(-quantile, unskewed(-quantile, skew)),
        choices.size(),
        effective(choices, maxWeight));
  }

  /**
   * With an interval of the bootstrap: the percentiles of the estimates of choices that are drawn
   * with replacement (Efron, 1979). It takes the time of as many estimates.
   *
   * @param resamples between 100 and 10,000
   * @param random draws the choices
   * @throws IllegalArgumentException if there is no choice, or a number is out of its range
   */
  Estimate bootstrap(
      List<LoggedChoice> choices, double confidence, int resamples, RandomGenerator random) {
    check(choices, confidence, Double.POSITIVE_INFINITY);
    if (resamples < 100 || resamples > MAX_RESAMPLES) {
      throw new IllegalArgumentException("the bootstrap takes 100 to 10,000 resamples");
    }
    double[] values = new double[resamples];
    for (int i = 0; i < resamples; i++) {
      Sample sample = Sample.drawn(choices, random);
      values[i] = moments(sample, Double.POSITIVE_INFINITY).mean();
    }
    Arrays.sort(values);
    int cut = (int) ((1 - confidence) / 2 * resamples);
    double value = moments(Sample.all(choices), Double.POSITIVE_INFINITY).mean();
    double effective = effective(choices, Double.POSITIVE_INFINITY);
    return new Estimate(value, values[cut], values[resamples - 1 - cut], choices.size(), effective);
  }

  /** The quantile of a mean whose distribution has this skewness, in standard errors. */
  private static double unskewed(double quantile, double skew) {
    return Math.abs(skew) < NO_SKEW
        ? quantile
        : 3 / skew * (Math.cbrt(1 + skew * (quantile - skew / 6)) - 1);
  }

  private static void check(List<LoggedChoice> choices, double confidence, double maxWeight) {
    if (choices.isEmpty()) {
      throw new IllegalArgumentException("an estimate needs at least one logged choice");
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("a confidence is between 0 and 1, not " + confidence);
    }
    if (!(maxWeight > 0)) {
      throw new IllegalArgumentException("the largest weight is above 0, not " + maxWeight);
    }
  }

  private static double effective(List<LoggedChoice> choices, double maxWeight) {
    double sum = 0;
    double squares = 0;
    for (LoggedChoice choice : choices) {
      double weight = choice.weight(maxWeight);
      sum += weight;
      squares += weight * weight;
    }
    return squares == 0 ? 0 : sum * sum / squares;
  }
}

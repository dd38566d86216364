package dev.serai.core.experiment.result;

import dev.serai.core.statistics.Moments;

/** A mean and the bounds that it is expected within. Immutable. */
public record Interval(double mean, double low, double high) {
  /** Of the standard normal distribution: 95 % are within it. */
  private static final double NORMAL = 1.96;

  /**
   * The mean of numbers with its 95 % interval of the normal distribution, as far as it is
   * possible.
   *
   * @param most the highest number that there can be; the lowest one is 0
   */
  static Interval of(Moments moments, double most) {
    double error = NORMAL * moments.standardError();
    double mean = moments.mean();
    return new Interval(mean, Math.max(0, mean - error), Math.min(most, mean + error));
  }
}

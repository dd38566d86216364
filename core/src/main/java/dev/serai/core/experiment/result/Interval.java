package dev.serai.core.experiment.result;

import dev.serai.core.statistics.Moments;

/** A mean and the bounds that it is expected within. Immutable. */
public record Interval(double mean, double low, double high) {
  /** Of the standard normal distribution: 95 % are within it. */
  private static final double NORMAL = 1.96;

  /** The mean of numbers with its 95 % interval of the normal distribution. */
  static Interval of(Moments moments) {
    double error = NORMAL * moments.standardError();
    return new Interval(moments.mean(), moments.mean() - error, moments.mean() + error);
  }
}

package dev.serai.core.bandit;

import java.util.random.RandomGenerator;

/**
 * Draws from Beta distributions: the share of one Gamma variate in the sum of two; with large
 * shapes a quantile of {@link BetaCurve}, which takes a third of the time.
 */
final class BetaSampler {
  private static final double MIN_SHAPE = 1e-3;

  /** More than 95 % of the tries succeed. */
  private static final int MAX_TRIES = 64;

  private BetaSampler() {}

  static double sample(double a, double b, RandomGenerator random) {
    if (Math.min(a, b) >= BetaCurve.LARGE_SHAPE) {
      return BetaCurve.quantile(a, b, random.nextGaussian());
    }
    if (a == 1 && b == 1) {
      return random.nextDouble();
    }
    double first = gamma(Math.max(a, MIN_SHAPE), random);
    double second = gamma(Math.max(b, MIN_SHAPE), random);
    double sum = first + second;
    return sum > 0 ? first / sum : a / (a + b);
  }

  /** By squeeze and rejection (Marsaglia and Tsang, 2000); below 1 by their power of a uniform. */
  static double gamma(double shape, RandomGenerator random) {
    if (shape < 1) {
      double uniform = 1 - random.nextDouble();
      return gamma(shape + 1, random) * Math.pow(uniform, 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    for (int i = 0; i < MAX_TRIES; i++) {
      double z = random.nextGaussian();
      double root = 1 + c * z;
      if (root > 0) {
        double v = root * root * root;
        double uniform = 1 - random.nextDouble();
        double square = z * z;
        if (uniform < 1 - 0.0331 * square * square
            || Math.log(uniform) < 0.5 * square + d * (1 - v + Math.log(v))) {
          return d * v;
        }
      }
    }
    return shape;
  }
}

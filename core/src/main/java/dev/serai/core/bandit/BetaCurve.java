package dev.serai.core.bandit;

/** The Beta distribution as a curve, in closed form. */
final class BetaCurve {
  /** From here on {@link #quantile} is right for every variate that a generator returns. */
  static final double LARGE_SHAPE = 6;

  private static final double NORMAL_SHAPE = 40;
  private static final double MIN_SHAPE = 0.2;

  private BetaCurve() {}

  /**
   * The probability of a rate of at most {@code x}: the normal approximation of Camp and Paulson
   * (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.5.21), with an error below 0.005
   * where a + b is above 6. With large shapes the normal distribution of the same mean and
   * variance, which takes a third of the time.
   */
  static double cdf(double a, double b, double x) {
    if (x <= 0 || x >= 1) {
      return x <= 0 ? 0 : 1;
    }
    if (Math.min(a, b) >= NORMAL_SHAPE) {
      double sum = a + b;
      return normal((x - a / sum) * sum * Math.sqrt((sum + 1) / (a * b)));
    }
    double first = Math.max(a, MIN_SHAPE);
    double second = Math.max(b, MIN_SHAPE);
    double u = Math.cbrt(second * x);
    double v = Math.cbrt(first * (1 - x));
    double z =
        3
            * (u * (1 - 1 / (9 * second)) - v * (1 - 1 / (9 * first)))
            / Math.sqrt(u * u / second + v * v / first);
    return normal(z);
  }

  /**
   * The rate that a standard normal variate {@code z} stands for: the same approximation, solved
   * for the rate.
   *
   * @param a at least {@link #LARGE_SHAPE}, and so is {@code b}
   */
  static double quantile(double a, double b, double z) {
    double third = z / 3;
    double ofA = 1 / a;
    double ofB = 1 / b;
    double u = 1 - ofA / 9;
    double v = 1 - ofB / 9;
    double square = third * third;
    double root = Math.sqrt(Math.max(0, u * u * ofB + v * v * ofA - square * ofA * ofB));
    double ratio = (u * v + third * root) / (v * v - square * ofB);
    double odds = Math.max(0, ratio * ratio * ratio) * a;
    return odds / (odds + b);
  }

  /** The normal distribution, with an error below 0.0002 (Bowling et al., 2009). */
  private static double normal(double z) {
    return 1 / (1 + Math.exp(-z * (1.5976 + 0.070566 * z * z)));
  }
}

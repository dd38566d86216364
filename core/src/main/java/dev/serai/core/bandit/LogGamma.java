package dev.serai.core.bandit;

/** Logarithms of the Gamma and Beta functions, for positive arguments. */
final class LogGamma {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
  private static final double SERIES_FROM = 8;

  private LogGamma() {}

  static double logBeta(double a, double b) {
    return of(a) + of(b) - of(a + b);
  }

  /** Stirling's series, after the recurrence has made the argument large enough for it. */
  static double of(double x) {
    double product = 1;
    double large = x;
    while (large < SERIES_FROM) {
      product *= large++;
    }
    double inverse = 1 / large;
    double square = inverse * inverse;
    double series =
        inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
    return (large - 0.5) * Math.log(large) - large + HALF_LOG_TWO_PI + series - Math.log(product);
  }
}

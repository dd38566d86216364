package dev.serai.core.offpolicy;

/** Quantiles of the standard normal distribution. */
final class Quantiles {
  private Quantiles() {}

  /**
   * How far from 0 a number is at most with this probability; Abramowitz and Stegun, Handbook of
   * Mathematical Functions, 26.2.23, with an error below 0.00045.
   */
  static double normal(double confidence) {
    double t = Math.sqrt(-2 * Math.log((1 - confidence) / 2));
    double above = 2.515517 + t * (0.802853 + t * 0.010328);
    double below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
    return t - above / below;
  }
}

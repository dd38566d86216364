package dev.serai.core.experiment.result;

/**
 * Bounds of the mean of independent numbers from 0 to 1 that hold after every number at once: with
 * a probability of at least {@code 1 - alpha} none of them is ever wrong, however often and
 * whenever they are looked at.
 *
 * <p>Source: Waudby-Smith and Ramdas, Estimating means of bounded random variables by betting, JRSS
 * B 86 (2024), theorem 2: the predictable plug-in empirical Bernstein confidence sequence, with c =
 * 1/2, and the intersection of all bounds so far. Not thread-safe.
 */
final class ConfidenceSequence {
  private static final double MAX_BET = 0.5;

  private final double log;
  private int count;
  private double sum;
  private double squares;
  private double mean = 0.5;
  private double variance = 0.25;
  private double bets;
  private double weighted;
  private double spread;
  private double low;
  private double high = 1;

  /**
   * @param alpha the highest probability that any bound is ever wrong, above 0 and below 1
   */
  ConfidenceSequence(double alpha) {
    log = Math.log(2 / alpha);
  }

  /**
   * Adds a number.
   *
   * @param value from 0 to 1
   */
  void add(double value) {
    int t = count + 1;
    double bet = Math.min(MAX_BET, Math.sqrt(2 * log / (variance * t * Math.log1p(t))));
    double difference = value - mean;
    bets += bet;
    weighted += bet * value;
    spread += difference * difference * (-Math.log1p(-bet) - bet);
    double centre = weighted / bets;
    double radius = (log + spread) / bets;
    low = Math.max(low, centre - radius);
    high = Math.min(high, centre + radius);
    count = t;
    sum += value;
    mean = (0.5 + sum) / (t + 1);
    squares += (value - mean) * (value - mean);
    variance = (0.25 + squares) / (t + 1);
  }

  /** How many numbers there are. */
  int count() {
    return count;
  }

  /** The mean of the numbers, and the bounds of what they are drawn from; 0 to 1 without any. */
  Interval interval() {
    return new Interval(count == 0 ? 0.5 : sum / count, low, high);
  }
}

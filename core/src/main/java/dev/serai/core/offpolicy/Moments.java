package dev.serai.core.offpolicy;

/** Mean and variance of numbers, added one by one (Welford, 1962). */
final class Moments {
  private int count;
  private double mean;
  private double squares;

  void add(double value) {
    count++;
    double difference = value - mean;
    mean += difference / count;
    squares += difference * (value - mean);
  }

  double mean() {
    return mean;
  }

  /** Of the mean; 0 with a single number. */
  double standardError() {
    return count < 2 ? 0 : Math.sqrt(squares / (count - 1) / count);
  }
}

package dev.serai.core.experiment.result;

/** Mean and normal interval of numbers, added one by one (Welford, 1962). Not thread-safe. */
final class Moments {
  /** Of the standard normal distribution: 95 % are within it. */
  private static final double NORMAL = 1.96;

  private int count;
  private double mean;
  private double squares;

  void add(double value) {
    count++;
    double difference = value - mean;
    mean += difference / count;
    squares += difference * (value - mean);
  }

  int count() {
    return count;
  }

  Interval interval() {
    double error = count < 2 ? 0 : Math.sqrt(squares / (count - 1) / count);
    return new Interval(mean, mean - NORMAL * error, mean + NORMAL * error);
  }
}

package dev.serai.core.statistics;

/** Mean and variance of numbers, added one by one (Welford, 1962). Not thread-safe. */
public final class Moments {
  private int count;
  private double mean;
  private double squares;

  public void add(double value) {
    count++;
    double difference = value - mean;
    mean += difference / count;
    squares += difference * (value - mean);
  }

  public int count() {
    return count;
  }

  /** 0 without numbers. */
  public double mean() {
    return mean;
  }

  /** Of the mean; 0 with fewer than two numbers. */
  public double standardError() {
    return count < 2 ? 0 : Math.sqrt(squares / (count - 1) / count);
  }
}

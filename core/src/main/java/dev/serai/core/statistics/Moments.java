package dev.serai.core.statistics;

/**
 * Mean, variance and skewness of numbers, added one by one (Welford, 1962; Pebay, 2008). Not
 * thread-safe.
 */
public final class Moments {
  private int count;
  private double mean;
  private double squares;
  private double cubes;

  public void add(double value) {
    count++;
    double difference = value - mean;
    double step = difference / count;
    double square = difference * step * (count - 1);
    mean += step;
    cubes += square * step * (count - 2) - 3 * step * squares;
    squares += square;
  }

  public int count() {
    return count;
  }

  /** 0 without numbers. */
  public double mean() {
    return mean;
  }

  /** 0 if the numbers lie as far above their mean as below it, and if all are equal. */
  public double skewness() {
    return squares == 0 ? 0 : Math.sqrt(count) * cubes / Math.pow(squares, 1.5);
  }

  /** Of the mean; 0 with fewer than two numbers. */
  public double standardError() {
    return count < 2 ? 0 : Math.sqrt(squares / (count - 1) / count);
  }
}

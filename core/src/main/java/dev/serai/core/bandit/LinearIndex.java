package dev.serai.core.bandit;

import dev.serai.core.bandit.Evidence.Derived;

/**
 * LinUCB with a linear model for each arm (Li, Chu, Langford and Schapire, A Contextual-Bandit
 * Approach, 2010): ridge regression of the rewards on the features, and its uncertainty.
 */
final class LinearIndex implements IndexPolicy.Index {
  private static final int SIZE = Sums.FEATURES;
  private static final double RIDGE = 1;

  /** How many standard deviations the bound is above the mean. */
  private static final double ALPHA = 1.5;

  private static final Model UNKNOWN = Model.of(new double[Sums.LENGTH]);

  /** The coefficients, and the inverse of the matrix of products, row by row. */
  private record Model(double[] coefficients, double[] inverse) implements Derived {
    static Model of(double[] sums) {
      double[] matrix = new double[SIZE * SIZE];
      int at = Sums.PRODUCTS;
      for (int i = 0; i < SIZE; i++) {
        for (int j = 0; j <= i; j++) {
          double product = sums[at++];
          matrix[i * SIZE + j] = product;
          matrix[j * SIZE + i] = product;
        }
        matrix[i * SIZE + i] += RIDGE;
      }
      invert(matrix);
      double[] coefficients = new double[SIZE];
      for (int i = 0; i < SIZE; i++) {
        for (int j = 0; j < SIZE; j++) {
          coefficients[i] += matrix[i * SIZE + j] * sums[Sums.RESPONSES + j];
        }
      }
      return new Model(coefficients, matrix);
    }

    /** By Gauss and Jordan, in place; the matrix is positive definite, so no pivot is 0. */
    private static void invert(double[] matrix) {
      for (int k = 0; k < SIZE; k++) {
        double pivot = 1 / matrix[k * SIZE + k];
        matrix[k * SIZE + k] = 1;
        for (int j = 0; j < SIZE; j++) {
          matrix[k * SIZE + j] *= pivot;
        }
        for (int i = 0; i < SIZE; i++) {
          double factor = matrix[i * SIZE + k];
          if (i != k && factor != 0) {
            matrix[i * SIZE + k] = 0;
            for (int j = 0; j < SIZE; j++) {
              matrix[i * SIZE + j] -= factor * matrix[k * SIZE + j];
            }
          }
        }
      }
    }
  }

  @Override
  public boolean isLinear() {
    return true;
  }

  @Override
  public Derived derive(double[] sums, Derived before) {
    return sums.length == Sums.LENGTH ? Model.of(sums) : UNKNOWN;
  }

  private static Model model(Evidence evidence) {
    return evidence.derived() instanceof Model model ? model : UNKNOWN;
  }

  @Override
  public double mean(Evidence evidence, BanditContext context) {
    double[] coefficients = model(evidence).coefficients();
    double mean = 0;
    for (int i = 0; i < SIZE; i++) {
      mean += coefficients[i] * context.feature(i);
    }
    return Math.clamp(mean, 0, 1);
  }

  @Override
  public double radius(Evidence evidence, BanditContext context, double logTrials) {
    double[] inverse = model(evidence).inverse();
    double variance = 0;
    for (int i = 0; i < SIZE; i++) {
      double feature = context.feature(i);
      if (feature != 0) {
        double row = 0;
        for (int j = 0; j < SIZE; j++) {
          row += inverse[i * SIZE + j] * context.feature(j);
        }
        variance += feature * row;
      }
    }
    return ALPHA * Math.sqrt(Math.max(0, variance));
  }
}

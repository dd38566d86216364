package dev.serai.core.features;

import java.util.Base64;
import java.util.List;

/**
 * A linear model: weights of terms and rules for each cluster, read from {@code task-model.txt}.
 * Its first line has the size of one step of a weight; then come the constants and the weights of
 * the rules and of the terms, one byte for each cluster, in base64. Immutable, thread-safe.
 */
final class TaskModel {
  static final int CLUSTERS = TaskCluster.values().length;

  /** Constants of the clusters, rules, terms. */
  static final int ROWS = 1 + TaskTerms.RULES + TaskTerms.BUCKETS;

  private final byte[] weights;
  private final double step;

  /**
   * @param weights row after row
   * @param step what 1 means in a weight
   */
  TaskModel(byte[] weights, double step) {
    if (weights.length != ROWS * CLUSTERS) {
      throw new IllegalArgumentException("a model has " + ROWS * CLUSTERS + " weights");
    }
    this.weights = weights;
    this.step = step;
  }

  /** The model that Serai ships. */
  static TaskModel shipped() {
    List<String> lines = HashedWords.lines("task-model.txt");
    String data = String.join("", lines.subList(1, lines.size()));
    return new TaskModel(Base64.getDecoder().decode(data), Double.parseDouble(lines.getFirst()));
  }

  /** A score for each cluster: the logarithm of its odds. */
  double[] scores(TaskTerms terms) {
    int[] common = new int[CLUSTERS];
    add(0, common);
    for (int rest = terms.rules(); rest != 0; rest &= rest - 1) {
      add(1 + Integer.numberOfTrailingZeros(rest), common);
    }
    int[] sums = new int[CLUSTERS];
    int count = 0;
    long[] present = terms.present();
    for (int i = 0; i < present.length; i++) {
      for (long rest = present[i]; rest != 0; rest &= rest - 1) {
        int bucket = i * Long.SIZE + Long.numberOfTrailingZeros(rest);
        add(1 + TaskTerms.RULES + bucket, sums);
        count++;
      }
    }
    double[] scores = new double[CLUSTERS];
    for (int k = 0; k < CLUSTERS; k++) {
      scores[k] = step * (common[k] + sums[k] / Math.sqrt(Math.max(1, count)));
    }
    return scores;
  }

  private void add(int row, int[] sums) {
    for (int k = 0; k < CLUSTERS; k++) {
      sums[k] += weights[row * CLUSTERS + k];
    }
  }
}

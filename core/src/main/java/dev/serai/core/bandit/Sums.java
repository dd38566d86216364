package dev.serai.core.bandit;

import java.util.Arrays;

/**
 * The sufficient statistics of an arm, in one array, so that they can be added, aged, shared and
 * stored alike: the trials of each cluster, the rewards of each cluster, and for LinUCB the sums of
 * the features' products and of the features times the reward. What is beyond the end of an array
 * is 0.
 */
final class Sums {
  static final int CLUSTERS = BanditContext.MAX_CLUSTERS;
  static final int FEATURES = BanditContext.MAX_FEATURES;
  static final int REWARDS = CLUSTERS;
  static final int PRODUCTS = 2 * CLUSTERS;
  static final int RESPONSES = PRODUCTS + FEATURES * (FEATURES + 1) / 2;
  static final int LENGTH = RESPONSES + FEATURES;
  static final double[] NONE = new double[PRODUCTS];

  private Sums() {}

  static double trials(double[] sums, int cluster) {
    return sums[cluster];
  }

  static double rewards(double[] sums, int cluster) {
    return sums[REWARDS + cluster];
  }

  /** Not more than the trials; changes of rewards that came late may go beyond. */
  static double boundedRewards(double[] sums, int cluster) {
    double trials = trials(sums, cluster);
    return trials == 0 ? 0 : Math.clamp(rewards(sums, cluster), 0, trials); // slow for 0 to 0
  }

  static double trials(double[] sums) {
    double all = 0;
    for (int i = 0; i < CLUSTERS; i++) {
      all += sums[i];
    }
    return all;
  }

  static double rewards(double[] sums) {
    double all = 0;
    for (int i = REWARDS; i < PRODUCTS; i++) {
      all += sums[i];
    }
    return all;
  }

  /** What one trial adds. */
  static double[] ofTrial(BanditContext context, double reward, boolean linear) {
    double[] sums = new double[linear ? LENGTH : PRODUCTS];
    sums[context.cluster()] = 1;
    addReward(sums, context, reward);
    int at = PRODUCTS;
    for (int i = 0; linear && i < FEATURES; i++) {
      for (int j = 0; j <= i; j++) {
        sums[at++] = context.feature(i) * context.feature(j);
      }
    }
    return sums;
  }

  /** What a change of the reward of an earlier trial adds. */
  static double[] ofChange(BanditContext context, double change, boolean linear) {
    double[] sums = new double[linear ? LENGTH : PRODUCTS];
    addReward(sums, context, change);
    return sums;
  }

  private static void addReward(double[] sums, BanditContext context, double reward) {
    sums[REWARDS + context.cluster()] = reward;
    for (int i = 0; RESPONSES + i < sums.length; i++) {
      sums[RESPONSES + i] = context.feature(i) * reward;
    }
  }

  /** The one times a factor, plus the other. */
  static double[] plus(double[] one, double factor, double[] other) {
    double[] sum = Arrays.copyOf(one, Math.max(one.length, other.length));
    for (int i = 0; i < sum.length; i++) {
      sum[i] = sum[i] * factor + (i < other.length ? other[i] : 0);
    }
    return sum;
  }

  static boolean areZero(double[] sums) {
    for (double each : sums) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether these can be sums: of a known length, finite, and no negative trials. */
  static boolean areSound(double[] sums) {
    for (double each : sums) {
      if (!(Math.abs(each) <= 1e15)) {
        return false;
      }
    }
    for (int i = 0; i < CLUSTERS; i++) {
      if (sums[i] < 0) {
        return false;
      }
    }
    return sums.length == PRODUCTS || sums.length == LENGTH;
  }
}

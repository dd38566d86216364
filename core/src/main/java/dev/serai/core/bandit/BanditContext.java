package dev.serai.core.bandit;

import java.util.Arrays;

/** What is known of a call before its arm is chosen. Immutable. */
public final class BanditContext {
  /** The number of clusters: they are 0 to 15. */
  public static final int MAX_CLUSTERS = 16;

  /** The most features. */
  public static final int MAX_FEATURES = 16;

  private static final double MAX_FEATURE = 1e3;

  private final int cluster;
  private final double[] features;

  private BanditContext(int cluster, double[] features) {
    if (cluster < 0 || cluster >= MAX_CLUSTERS) {
      throw new IllegalArgumentException(
          "a cluster is between 0 and " + (MAX_CLUSTERS - 1) + ", not " + cluster);
    }
    this.cluster = cluster;
    this.features = features;
  }

  /**
   * A call of which only the kind is known; its features are those of the cluster alone.
   *
   * @throws IllegalArgumentException unless {@code cluster} is between 0 and 15
   */
  public static BanditContext of(int cluster) {
    double[] features = new double[MAX_FEATURES];
    BanditContext context = new BanditContext(cluster, features);
    features[cluster] = 1;
    return context;
  }

  /**
   * A call of which more is known than its kind.
   *
   * @param features for {@link BanditAlgorithm#LINUCB}; best about 1 in size, with a constant 1
   * @throws IllegalArgumentException if there are more than 16, or one is beyond 1,000
   */
  public static BanditContext of(int cluster, double... features) {
    if (features.length > MAX_FEATURES) {
      throw new IllegalArgumentException("a context has at most " + MAX_FEATURES + " features");
    }
    for (double each : features) {
      if (!(Math.abs(each) <= MAX_FEATURE)) {
        throw new IllegalArgumentException("a feature is between -1,000 and 1,000, not " + each);
      }
    }
    return new BanditContext(cluster, Arrays.copyOf(features, MAX_FEATURES));
  }

  public int cluster() {
    return cluster;
  }

  double feature(int index) {
    return features[index];
  }
}

package dev.serai.core.bandit;

/**
 * Whether an arm has stopped working. Failures in a row say so long before an average does. The
 * level is the cumulated log-likelihood ratio of "it fails always" against its known rate, not less
 * than 0 (the CUSUM test of Page, 1954). At {@value #LIMIT} the arm is suspended: it is only
 * probed, by a small share of the calls, which falls with each failed probe. A probe that succeeds
 * ends it.
 *
 * <p>A failure says much where failures are rare and little where they are frequent. So a false
 * alarm is rare, and a probe soon ends it.
 *
 * @param level of the test
 * @param confirmed what failed probes have added since the arm was suspended
 */
record FailureDetector(double level, double confirmed) {
  static final FailureDetector NONE = new FailureDetector(0, 0);

  private static final double LIMIT = 10;
  private static final double RATE_OF_BROKEN = 0.02;
  private static final double MIN_RATE = 0.05;
  private static final double MAX_RATE = 0.9;
  private static final double FIRST_PROBES = 1.0 / 64;
  private static final double LAST_PROBES = 1.0 / 256;

  boolean isSuspended() {
    return level >= LIMIT;
  }

  /** The share of the calls that probe a suspended arm. */
  double probeShare() {
    return Math.max(LAST_PROBES, FIRST_PROBES * Math.exp(-confirmed));
  }

  /**
   * @param trials how many there were
   * @param rewards their sum
   * @param knownRate what the arm's rate was before
   */
  FailureDetector after(double trials, double rewards, double knownRate) {
    double rate = Math.clamp(knownRate, MIN_RATE, MAX_RATE);
    double ratio =
        rewards * Math.log(RATE_OF_BROKEN / rate)
            + (trials - rewards) * Math.log((1 - RATE_OF_BROKEN) / (1 - rate));
    double next = Math.clamp(level + ratio, 0, LIMIT);
    if (next == 0) {
      return NONE;
    }
    return new FailureDetector(next, isSuspended() && next >= LIMIT ? confirmed + ratio : 0);
  }
}

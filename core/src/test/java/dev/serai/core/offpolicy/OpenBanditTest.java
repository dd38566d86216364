package dev.serai.core.offpolicy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The estimators over a public log of clicks, of which the random policy is known too. */
class OpenBanditTest {
  private static final int BOOTSTRAPS = 200;
  private static final int CALLS = 10_000;
  private static final double EVERY = Double.POSITIVE_INFINITY;

  private final Clicks clicks = Clicks.load();

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void theLogOfThompsonSamplingTellsWhatTheRandomPolicyHasReached(Estimator estimator) {
    Estimate estimate = estimator.estimate(Clicks.logged(), 0.95, EVERY);
    assertThat(Clicks.random()).isBetween(estimate.low(), estimate.high());
    assertThat(estimate.effectiveCalls()).isGreaterThan(PolicyReplay.MIN_EFFECTIVE);
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void inAtLeast95PercentOfTheBootstrapsTheIntervalHasTheTrueValue(Estimator estimator) {
    double truth = clicks.truth();
    int covered = 0;
    for (int seed = 0; seed < BOOTSTRAPS; seed++) {
      var log = clicks.drawn(CALLS, new SplittableRandom(seed));
      covered += has(estimator.estimate(log, 0.95, EVERY), truth) ? 1 : 0;
    }
    assertThat(covered).isGreaterThanOrEqualTo((int) (0.95 * BOOTSTRAPS));
  }

  private static boolean has(Estimate estimate, double value) {
    return estimate.low() <= value && value <= estimate.high();
  }
}

package dev.serai.core.offpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What another policy would have reached, from logs of which the truth is known. */
class OffPolicyTest {
  private static final int CALLS = 2_000;
  private static final int LOGS = 400;
  private static final double CONFIDENCE = 0.99;
  private static final double[][] SUCCESS = {{0.8, 0.5, 0.3}, {0.4, 0.7, 0.6}};
  private static final double[][] LOGGING = {{0.7, 0.2, 0.1}, {0.5, 0.2, 0.3}};
  private static final double[][] TARGET = {{0.2, 0.5, 0.3}, {0.1, 0.8, 0.1}};

  /** A model that is wrong by a tenth. */
  private static final double WRONG = 0.1;

  private static double truth(double[][] policy) {
    double sum = 0;
    for (int context = 0; context < 2; context++) {
      for (int action = 0; action < 3; action++) {
        sum += policy[context][action] * SUCCESS[context][action] / 2;
      }
    }
    return sum;
  }

  private static List<LoggedChoice> log(int seed, double[][] target) {
    SplittableRandom random = new SplittableRandom(7919L * seed + 13);
    List<LoggedChoice> log = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      int context = random.nextInt(2);
      double draw = random.nextDouble();
      int action = 0;
      while (action < 2 && (draw -= LOGGING[context][action]) >= 0) {
        action++;
      }
      double reward = random.nextDouble() < SUCCESS[context][action] ? 1 : 0;
      double expected = WRONG;
      for (int other = 0; other < 3; other++) {
        expected += target[context][other] * SUCCESS[context][other];
      }
      double predicted = SUCCESS[context][action] + WRONG;
      double propensity = LOGGING[context][action];
      log.add(new LoggedChoice(reward, propensity, target[context][action], predicted, expected));
    }
    return log;
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void theIntervalHasTheTruthAsOftenAsItSays(Estimator estimator) {
    int covered = 0;
    int coveredAt95 = 0;
    double mean = 0;
    for (int seed = 0; seed < LOGS; seed++) {
      List<LoggedChoice> log = log(seed, TARGET);
      Estimate estimate = estimator.estimate(log, CONFIDENCE, Double.POSITIVE_INFINITY);
      covered += has(estimate) ? 1 : 0;
      coveredAt95 += has(estimator.estimate(log, 0.95, Double.POSITIVE_INFINITY)) ? 1 : 0;
      mean += estimate.value() / LOGS;
    }
    assertThat(covered).isGreaterThanOrEqualTo((int) (0.97 * LOGS));
    assertThat(coveredAt95).isBetween((int) (0.92 * LOGS), (int) (0.98 * LOGS));
    assertThat(mean).isCloseTo(truth(TARGET), within(0.005));
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void atLeast95PercentOfTheBootstrapsHaveTheTruth(Estimator estimator) {
    int covered = 0;
    int bootstraps = 100;
    for (int seed = 0; seed < bootstraps; seed++) {
      SplittableRandom random = new SplittableRandom(~seed);
      covered += has(estimator.bootstrap(log(seed, TARGET), CONFIDENCE, 300, random)) ? 1 : 0;
    }
    assertThat(covered).isGreaterThanOrEqualTo((int) (0.95 * bootstraps));
  }

  private static boolean has(Estimate estimate) {
    return estimate.low() <= truth(TARGET) && truth(TARGET) <= estimate.high();
  }

  @Test
  void thePolicyThatWasUsedHasTheMeanOfItsOutcomes() {
    List<LoggedChoice> log = log(1, LOGGING);
    double mean = log.stream().mapToDouble(LoggedChoice::value).average().orElseThrow();
    for (Estimator estimator : List.of(Estimator.IPS, Estimator.SNIPS)) {
      Estimate estimate = estimator.estimate(log, 0.95, Double.POSITIVE_INFINITY);
      assertThat(estimate.value()).isCloseTo(mean, within(1e-9));
      assertThat(estimate.effectiveCalls()).isCloseTo(CALLS, within(1e-6));
      assertThat(estimate.high() - estimate.low())
          .isCloseTo(2 * 1.96 * Math.sqrt(mean * (1 - mean) / CALLS), within(0.001));
    }
  }

  @Test
  void aModelOfTheOutcomesMakesTheIntervalNarrower() {
    List<LoggedChoice> log = log(2, TARGET);
    assertThat(width(Estimator.DOUBLY_ROBUST, log)).isLessThan(width(Estimator.SNIPS, log));
    assertThat(width(Estimator.SNIPS, log)).isLessThan(width(Estimator.IPS, log));
  }

  private static double width(Estimator estimator, List<LoggedChoice> log) {
    Estimate estimate = estimator.estimate(log, 0.95, Double.POSITIVE_INFINITY);
    return estimate.high() - estimate.low();
  }

  @Test
  void aPolicyThatTheLogSaysNothingOfHasNoEffectiveCalls() {
    List<LoggedChoice> log = List.of(new LoggedChoice(1, 0.5, 0), new LoggedChoice(0, 0.5, 0));
    Estimate estimate = Estimator.SNIPS.estimate(log, 0.95, Double.POSITIVE_INFINITY);
    assertThat(estimate).isEqualTo(new Estimate(0, 0, 0, 2, 0));
  }

  @Test
  void aLargestWeightBoundsWhatOneChoiceCounts() {
    List<LoggedChoice> log = List.of(new LoggedChoice(1, 0.001, 1), new LoggedChoice(1, 1, 1));
    assertThat(Estimator.IPS.estimate(log, 0.95, 10).value()).isEqualTo(5.5);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LoggedChoice(1, 0, 0.5))
        .withMessage("the propensity of a logged choice is above 0 and at most 1, not 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Estimator.IPS.estimate(List.of(), 0.95, 10))
        .withMessage("an estimate needs at least one logged choice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Estimator.IPS.estimate(log(1, TARGET), 1, 10))
        .withMessage("a confidence is between 0 and 1, not 1.0");
  }
}

package dev.serai.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serai.core.bandit.RewardRules.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RewardRulesTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final RewardRules RULES = new RewardRules(2, 1, 1, 0.4, SECOND, 0.10);

  @Test
  void aFailureIsWorthNothing() {
    assertThat(RULES.learned(Outcome.FAILED)).isZero();
  }

  @Test
  void successQualityAndSpeedCountByTheirWeights() {
    assertThat(RULES.learned(new Outcome(true, 1, Duration.ZERO))).isEqualTo(1);
    assertThat(RULES.learned(new Outcome(true, 1, SECOND))).isCloseTo(0.875, within(1e-12));
    assertThat(RULES.learned(new Outcome(true, 0.5, SECOND))).isCloseTo(0.75, within(1e-12));
    assertThat(RULES.learned(new Outcome(true, 0, Duration.ofDays(9))))
        .isCloseTo(0.5, within(1e-5));
  }

  @Test
  void aColdPromptCacheCostsWhatItCosts() {
    assertThat(RULES.penalty(0.05, 0)).isCloseTo(0.2, within(1e-12));
    assertThat(RULES.penalty(0.05, 0.025)).isCloseTo(0.3, within(1e-12));
    assertThat(RULES.penalty(0.05, 5)).isEqualTo(0.4);
    assertThat(RULES.penalty(Double.NaN, 0)).isZero();
  }

  @Test
  void aValueIsBetween0And1WhateverTheNumbers() {
    double[] numbers = {-1e300, -1, 0, 0.3, 1, 1e300, Double.NaN, Double.POSITIVE_INFINITY};
    for (double quality : numbers) {
      for (double cost : numbers) {
        Outcome outcome = new Outcome(true, quality, SECOND);
        double penalty = RULES.penalty(cost, cost);
        assertThat(RULES.learned(outcome)).isBetween(0.0, 1.0);
        assertThat(penalty).isBetween(0.0, 1.0);
        assertThat(RULES.value(outcome, penalty)).isBetween(0.0, 1.0);
      }
    }
  }

  @Test
  void weightsThatMakeNoSenseAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RewardRules(0, 0, 0, 0.1, SECOND, 1))
        .withMessage("the weights of success, quality and speed are from 0, and one is above 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RewardRules(1, 0, 0, 1.5, SECOND, 1))
        .withMessage("the weight of cost is between 0 and 1, not 1.5");
  }
}

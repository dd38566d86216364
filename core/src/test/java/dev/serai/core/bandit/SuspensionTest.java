package dev.serai.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model that fails always loses its calls at once, and gets them back when it works. */
class SuspensionTest {
  private static final BanditContext CHAT = BanditContext.of(3);
  private static final List<Option> OPTIONS =
      List.of(new Option("leader"), new Option("second"), new Option("third"));

  private final SplittableRandom random = new SplittableRandom(11);
  private final double[] success = {0.9, 0.75, 0.6};

  private Bandit bandit(BanditAlgorithm algorithm) {
    return new Bandit(BanditRules.of(algorithm), () -> random, InstantSource.fixed(Instant.EPOCH));
  }

  /** The share of calls that the leader gets. */
  private double share(Bandit bandit, int calls) {
    int leader = 0;
    for (int i = 0; i < calls; i++) {
      Choice choice = bandit.choose(CHAT, OPTIONS);
      leader += choice.index() == 0 ? 1 : 0;
      double reward = random.nextDouble() < success[choice.index()] ? 1 : 0;
      bandit.learn(CHAT, choice.arm(), reward);
    }
    return leader / (double) calls;
  }

  @ParameterizedTest
  @EnumSource(BanditAlgorithm.class)
  void twentyCallsAfterTheLeaderFails95PercentOfItsCallsHaveMoved(BanditAlgorithm algorithm) {
    for (int seed = 0; seed < 20; seed++) {
      Bandit bandit = bandit(algorithm);
      share(bandit, 5_000);
      double before = share(bandit, 500);
      success[0] = 0;
      share(bandit, 20);
      double after = share(bandit, 500);
      success[0] = 0.9;
      assertThat(before).isGreaterThan(0.7);
      assertThat(after).isLessThan(0.05 * before);
    }
  }

  @ParameterizedTest
  @EnumSource(BanditAlgorithm.class)
  void itGetsItsCallsBackWhenItWorksAgain(BanditAlgorithm algorithm) {
    Bandit bandit = bandit(algorithm);
    share(bandit, 5_000);
    success[0] = 0;
    share(bandit, 100);
    success[0] = 0.9;
    share(bandit, 3_000);
    assertThat(share(bandit, 500)).isGreaterThan(0.6);
  }

  @Test
  void withoutTheRuleOnlyTheAverageCounts() {
    BanditRules rules =
        new BanditRules(BanditAlgorithm.THOMPSON, java.time.Duration.ZERO, 1e9, 1e9, false);
    Bandit bandit = new Bandit(rules, () -> random, InstantSource.fixed(Instant.EPOCH));
    share(bandit, 5_000);
    success[0] = 0;
    share(bandit, 20);
    assertThat(share(bandit, 100)).isGreaterThan(0.7);
  }

  @Test
  void whenAllFailEachIsAsGoodAsAny() {
    Bandit bandit = bandit(BanditAlgorithm.POOLED);
    share(bandit, 2_000);
    success[0] = success[1] = success[2] = 0;
    share(bandit, 3_000);
    Choice choice = bandit.choose(CHAT, OPTIONS);
    assertThat(choice.isSuspended(choice.index())).isFalse();
    assertThat(choice.propensity(0) + choice.propensity(1) + choice.propensity(2))
        .isBetween(0.95, 1.05);
  }

  @Test
  void aProbeSaysHowProbableItWas() {
    Bandit bandit = bandit(BanditAlgorithm.POOLED);
    share(bandit, 2_000);
    success[0] = 0;
    share(bandit, 40);
    int probes = 0;
    for (int i = 0; i < 20_000; i++) {
      Choice choice = bandit.choose(CHAT, OPTIONS);
      assertThat(choice.isSuspended(0)).isTrue();
      if (choice.index() == 0) {
        probes++;
        assertThat(choice.role()).isEqualTo(Choice.Role.EXPLORE);
      }
    }
    double propensity = bandit.choose(CHAT, OPTIONS).propensity(0);
    assertThat(probes / 20_000.0).isBetween(0.7 * propensity, 1.3 * propensity);
  }
}

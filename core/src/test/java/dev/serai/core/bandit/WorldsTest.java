package dev.serai.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The algorithm for clusters of calls learns faster than textbook Thompson sampling with the same
 * tasks, also where the rates do not depend on the cluster, and where a model fails or becomes
 * worse.
 */
class WorldsTest {
  private static final int SEEDS = 12;
  private static final BanditRules POOLED = BanditRules.of(BanditAlgorithm.POOLED);

  @ParameterizedTest
  @CsvSource({
    "CONTEXTUAL, 0.60",
    "STATIONARY, 1.20",
    "PROVIDER_FAILS, 0.65",
    "LEADER_DEGRADES, 0.65"
  })
  void pooledRegretIsASmallShareOfThatOfTextbookThompson(World.Kind kind, double goal) {
    double textbook = WorldRun.mean(SEEDS, seed -> WorldRun.textbook(kind, seed)).regret();
    double pooled = WorldRun.mean(SEEDS, seed -> WorldRun.of(kind, POOLED, seed)).regret();
    assertThat(pooled / textbook).isLessThanOrEqualTo(goal);
  }

  @ParameterizedTest
  @EnumSource(BanditAlgorithm.class)
  void everyAlgorithmLearnsWhichModelIsBestForWhichCluster(BanditAlgorithm algorithm) {
    World.Kind kind = World.Kind.CONTEXTUAL;
    double textbook = WorldRun.mean(4, seed -> WorldRun.textbook(kind, seed)).regret();
    double regret =
        WorldRun.mean(4, seed -> WorldRun.of(kind, BanditRules.of(algorithm), seed)).regret();
    assertThat(regret / textbook).isLessThan(0.8);
  }

  @ParameterizedTest
  @EnumSource(BanditAlgorithm.class)
  void twentyCallsAfterAModelFails95PercentOfTheTrafficIsElsewhere(BanditAlgorithm algorithm) {
    WorldRun run =
        WorldRun.mean(
            4, seed -> WorldRun.of(World.Kind.PROVIDER_FAILS, BanditRules.of(algorithm), seed));
    assertThat(run.before()).isGreaterThan(0.05);
    assertThat(run.after()).isLessThan(0.05);
  }
}

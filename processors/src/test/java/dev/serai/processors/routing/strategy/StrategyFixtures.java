package dev.serai.processors.routing.strategy;

import dev.serai.core.bandit.BanditAlgorithm;
import dev.serai.core.bandit.BanditRules;
import dev.serai.core.bandit.RewardRules;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.function.LongUnaryOperator;

/** Strategies on a clock and with chances of a test. */
public final class StrategyFixtures {
  private StrategyFixtures() {}

  /** Without affinity; bandits draw from seed 1. */
  public static Strategies strategies(ModelCatalogue catalogue, LongUnaryOperator random) {
    Ticker still = () -> 0;
    return strategies(
        catalogue,
        new CandidateStats(still),
        new CacheAffinity(() -> Duration.ZERO, still),
        random);
  }

  static Strategies strategies(
      ModelCatalogue catalogue,
      CandidateStats stats,
      CacheAffinity affinity,
      LongUnaryOperator random) {
    Random samples = new Random(1);
    Bandits bandits =
        new Bandits(
            new Bandits.Rules(BanditRules.of(BanditAlgorithm.POOLED), RewardRules.DEFAULT),
            () -> samples,
            InstantSource.fixed(Instant.EPOCH));
    return new Strategies(catalogue, stats, new Strategies.Learned(affinity, bandits), random);
  }
}

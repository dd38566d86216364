package dev.serai.processors.routing.strategy;

import dev.serai.core.bandit.BanditAlgorithm;
import dev.serai.core.bandit.BanditRules;
import dev.serai.core.bandit.RewardRules;
import dev.serai.core.call.Call;
import dev.serai.core.model.Capability;
import dev.serai.core.model.Modality;
import dev.serai.core.model.ModelCatalogue.ModelRoute;
import dev.serai.core.model.ModelCatalogue.Target;
import dev.serai.core.model.ModelFacts;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Strategy;
import dev.serai.core.time.Ticker;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Measures what a plan costs by each strategy: requirements, scores and order of 2 and of 200
 * candidates whose facts are known. A program, not a test; {@code ./serai bench routing plans} runs
 * it. It ends with 1 if the median plan of a strategy takes longer than the goal.
 */
public final class CostOfPlans {
  private static final int ROUNDS = 4;
  private static final int CALLS = 20_000;

  /** Microseconds for 200 candidates, in the last round. */
  private static final double GOAL = 20;

  private CostOfPlans() {}

  public static void main(String[] arguments) {
    boolean missed = false;
    for (int round = 1; round <= ROUNDS; round++) {
      for (Strategy strategy : Strategy.values()) {
        double few = median(strategy, 2);
        double many = median(strategy, 200);
        if (round == ROUNDS) {
          System.out.printf(
              "%-16s p50 with 2 candidates %5.2f us, with 200 %5.1f us%n",
              strategy.label(), few, many);
          missed |= many > GOAL;
        }
      }
    }
    System.out.println(missed ? "missed: 20 us with 200 candidates" : "all within 20 us");
    System.exit(missed ? 1 : 0);
  }

  private static double median(Strategy strategy, int candidates) {
    KnownModels catalogue = new KnownModels();
    catalogue.strategy = strategy;
    CandidateStats stats = new CandidateStats(Ticker.SYSTEM);
    List<Target> targets = new ArrayList<>();
    for (int i = 0; i < candidates; i++) {
      Candidate candidate = new Candidate("abc".charAt(i % 3) + "", "model-" + i);
      targets.add(new Target(candidate, 1 + i % 4));
      catalogue.facts.put(candidate, facts());
    }
    ModelRoute route = new ModelRoute(targets, List.of(), "alias fast");
    CacheAffinity affinity = new CacheAffinity(() -> Duration.ofMinutes(5), Ticker.SYSTEM);
    Bandits bandits = // draws as a gateway does: the generator takes much of the time
        new Bandits(
            new Bandits.Rules(BanditRules.of(BanditAlgorithm.POOLED), RewardRules.DEFAULT),
            ThreadLocalRandom::current,
            InstantSource.system());
    Strategies strategies =
        new Strategies(
            catalogue,
            stats,
            new Strategies.Learned(affinity, bandits),
            bound -> ThreadLocalRandom.current().nextLong(bound));
    CallFixtures fixtures = new CallFixtures();
    long[] nanos = new long[CALLS];
    for (int i = 0; i < CALLS; i++) {
      Call call = Calls.of(fixtures.exchangeFor("fast"));
      long start = System.nanoTime();
      Ranking ranking = strategies.begin(route, call);
      nanos[i] = System.nanoTime() - start;
      stats.begin(call.beginAttempt(ranking.candidates().getFirst()));
      call.recordToken();
      call.end(Call.Outcome.ANSWERED, Optional.empty());
    }
    Arrays.sort(nanos);
    return nanos[CALLS / 2] / 1000.0;
  }

  private static ModelFacts facts() {
    return new ModelFacts(
        OptionalInt.of(128_000),
        OptionalInt.empty(),
        Set.of(Modality.TEXT, Modality.IMAGE),
        Set.of(),
        Set.of(Capability.TOOLS),
        Map.of());
  }
}

package dev.serai.processors.routing.strategy;

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
 * candidates whose facts are known. A program, not a test.
 */
public final class CostOfPlans {
  private static final int ROUNDS = 4;
  private static final int CALLS = 20_000;

  private CostOfPlans() {}

  public static void main(String[] arguments) {
    for (int round = 0; round < ROUNDS; round++) {
      for (Strategy strategy : Strategy.values()) {
        System.out.printf(
            "%s: 2 candidates %.2f us, 200 candidates %.1f us (p50)%n",
            strategy.label(), median(strategy, 2), median(strategy, 200));
      }
    }
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
    Strategies strategies =
        StrategyFixtures.strategies(
            catalogue, stats, affinity, bound -> ThreadLocalRandom.current().nextLong(bound));
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

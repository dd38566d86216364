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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Calls for an alias of candidates whose facts are known, each of which gets a plan, and a response
 * from its first candidate: the strategies measure and learn. For one thread.
 */
final class PlannedCalls {
  private final CandidateStats stats = new CandidateStats(Ticker.SYSTEM);
  private final CallFixtures fixtures = new CallFixtures();
  private final ModelRoute route;
  private final Strategies strategies;

  PlannedCalls(Strategy strategy, int candidates) {
    KnownModels catalogue = new KnownModels();
    catalogue.strategy = strategy;
    List<Target> targets = new ArrayList<>();
    for (int i = 0; i < candidates; i++) {
      Candidate candidate = new Candidate("abc".charAt(i % 3) + "", "model-" + i);
      targets.add(new Target(candidate, 1 + i % 4));
      catalogue.facts.put(candidate, facts());
    }
    route = new ModelRoute(targets, List.of(), "alias fast");
    CacheAffinity affinity = new CacheAffinity(() -> Duration.ofMinutes(5), Ticker.SYSTEM);
    Bandits bandits = // draws as a gateway does: the generator takes much of the time
        new Bandits(
            new Bandits.Rules(BanditRules.of(BanditAlgorithm.POOLED), RewardRules.DEFAULT),
            ThreadLocalRandom::current,
            InstantSource.system());
    strategies =
        new Strategies(
            catalogue,
            stats,
            new Strategies.Learned(affinity, bandits),
            bound -> ThreadLocalRandom.current().nextLong(bound));
  }

  Call receive() {
    return Calls.of(fixtures.exchangeFor("fast"));
  }

  Ranking plan(Call call) {
    return strategies.begin(route, call);
  }

  void answer(Call call, Ranking plan) {
    stats.begin(call.beginAttempt(plan.candidates().getFirst()));
    call.recordToken();
    call.end(Call.Outcome.ANSWERED, Optional.empty());
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

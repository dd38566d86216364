package dev.serai.processors.routing.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.ModelCatalogue.ModelRoute;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Decision;
import dev.serai.core.routing.RoutingCriteria;
import dev.serai.core.routing.Strategy;
import dev.serai.processors.routing.strategy.Ranking.Ranked;
import dev.serai.processors.support.CallFixtures;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An open circuit breaker is a constraint of every plan, whatever orders it. */
class HealthTest {
  private static final Candidate A = new Candidate("a", "m");
  private static final Candidate B = new Candidate("b", "m");
  private static final Candidate C = new Candidate("c", "m");
  private static final Candidate SPARE = new Candidate("spare", "m");

  private final CallFixtures fixtures = new CallFixtures();
  private final Set<Candidate> open = new HashSet<>();
  private final Random random = new Random(7);
  private final Strategies strategies =
      StrategyFixtures.strategies(
          new KnownModels(),
          new CandidateStats(fixtures.clock::get, open::contains),
          new CacheAffinity(() -> Duration.ZERO, fixtures.clock::get),
          bound -> random.nextInt((int) bound));

  @ParameterizedTest
  @EnumSource
  void aCandidateWhoseBreakerIsOpenIsBehindAllOthersAlsoFallbacks(Strategy strategy) {
    open.add(A);
    for (int i = 0; i < 20; i++) {
      Ranking ranking = rank(strategy, List.of(SPARE), A, B, C);
      assertThat(ranking.candidates()).containsExactlyInAnyOrder(A, B, C, SPARE).endsWith(SPARE, A);
      assertThat(ranking.order().getLast().remark()).isEqualTo("its circuit breaker is open");
      Decision decision = ranking.decision(ranking.candidates()).orElseThrow();
      assertThat(decision.targets()).containsExactlyInAnyOrder(A, B, C).endsWith(A);
      assertThat(decision.targets().getFirst()).isEqualTo(ranking.candidates().getFirst());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFallbackIsTheFirstWhileAllTargetsAreStoppedWhichNoStrategyHasChosen(Strategy strategy) {
    open.addAll(List.of(A, B));
    Ranking ranking = rank(strategy, List.of(SPARE), A, B);
    assertThat(ranking.candidates()).startsWith(SPARE).containsExactlyInAnyOrder(SPARE, A, B);
    assertThat(ranking.decision(ranking.candidates())).isEmpty();
  }

  @Test
  void whileAllAreStoppedTheirOrderStaysAndEachSaysWhy() {
    open.addAll(List.of(A, B, SPARE));
    Ranking ranking = rank(Strategy.COST_AWARE, List.of(SPARE), A, B);
    assertThat(ranking.candidates()).containsExactly(A, B, SPARE);
    assertThat(ranking.order())
        .extracting(Ranked::remark)
        .containsOnly("its circuit breaker is open");
  }

  @Test
  void theOnlyCandidateSaysThatItIsStopped() {
    open.add(A);
    assertThat(rank(Strategy.PRIORITY, List.of(), A).order().getFirst().remark())
        .isEqualTo("its circuit breaker is open");
  }

  @Test
  void theWeightsOfThoseThatAreNotStoppedDecideHowLikelyTheFirstWas() {
    open.add(A);
    Ranking ranking = rank(Strategy.PRIORITY, List.of(), A, B, C);
    assertThat(ranking.decision(ranking.candidates()).orElseThrow().propensity()).isEqualTo(0.5);
  }

  private Ranking rank(Strategy strategy, List<Candidate> fallbacks, Candidate... targets) {
    List<ModelCatalogue.Target> ruled =
        List.of(targets).stream().map(one -> new ModelCatalogue.Target(one, 1)).toList();
    return strategies.rank(
        new ModelRoute(ruled, fallbacks, "alias"),
        new RoutingRequest(
            "fast",
            "",
            "",
            RoutingCriteria.NONE.with(strategy),
            Optional.empty(),
            Optional.empty()));
  }
}

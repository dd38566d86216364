package dev.serai.processors.routing.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call;
import dev.serai.core.model.Capability;
import dev.serai.core.model.ModelCatalogue.ModelRoute;
import dev.serai.core.model.ModelCatalogue.Target;
import dev.serai.core.model.ModelFacts;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.RoutingCriteria;
import dev.serai.core.routing.RoutingCriteria.Preferred;
import dev.serai.core.routing.RoutingCriteria.Required;
import dev.serai.core.routing.Strategy;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How what a request prefers counts, with and without a named strategy. */
class TargetScoresTest {
  private static final Candidate A = new Candidate("a", "m");
  private static final Candidate B = new Candidate("b", "m");
  private static final Candidate C = new Candidate("c", "m");
  private static final Candidate UNPRICED = new Candidate("unpriced", "m");
  private static final Required FUNCTIONS =
      new Required(false, true, false, 0, OptionalLong.empty(), OptionalLong.empty());

  /** Everything is preferred, and the strategy is named. */
  private static final Preferred ALL =
      new Preferred(Optional.of(Strategy.CAPABILITY_MATCH), true, true, true, OptionalInt.of(10));

  private final CallFixtures fixtures = new CallFixtures();
  private final KnownModels catalogue = new KnownModels();
  private final CandidateStats stats = new CandidateStats(fixtures.clock::get);
  private final Strategies strategies =
      StrategyFixtures.strategies(
          catalogue, stats, new CacheAffinity(() -> Duration.ZERO, fixtures.clock::get), _ -> 0);

  @Test
  void aCandidateWithoutAPriceIsNeitherExpensiveNorCheap() {
    assertThat(order(ofComplexity(10), A, UNPRICED, C)).containsExactly(C, A, UNPRICED);
    assertThat(order(ofComplexity(1), A, UNPRICED, C)).containsExactly(A, C, UNPRICED);
  }

  @Test
  void aNamedStrategyIsNotMixedWithPreferences() {
    respond(A, 900);
    respond(B, 100);
    respond(C, 200);
    assertThat(order(new RoutingCriteria(Required.NOTHING, ALL), A, B, C))
        .as("of equals the one whose price corresponds to the complexity")
        .containsExactly(C, B, A);
  }

  @Test
  void whatIsKnownToBeThereGoesBeforeThePrice() {
    ModelFacts able =
        new ModelFacts(
            OptionalInt.empty(),
            OptionalInt.empty(),
            Set.of(),
            Set.of(),
            Set.of(Capability.TOOLS),
            Map.of());
    catalogue.facts.put(A, able);
    respond(A, 9_000);
    respond(B, 100);
    assertThat(order(new RoutingCriteria(FUNCTIONS, ALL), C, B, A).getFirst()).isEqualTo(A);
  }

  @Test
  void allCandidatesOfAPlanHaveThePricesOfOneMoment() {
    order(new RoutingCriteria(Required.NOTHING, ALL), A, B, C, UNPRICED);
    assertThat(catalogue.pricesRead).isOne();
    catalogue.strategy = Strategy.BANDIT;
    order(RoutingCriteria.NONE, A, B, C, UNPRICED);
    assertThat(catalogue.pricesRead).isEqualTo(2);
  }

  @Test
  void aPlanThatDoesNotCompareCostsReadsNoPrices() {
    catalogue.strategy = Strategy.ROUND_ROBIN;
    order(RoutingCriteria.NONE, A, B, C);
    assertThat(catalogue.pricesRead).isZero();
  }

  private static RoutingCriteria ofComplexity(int complexity) {
    return new RoutingCriteria(
        Required.NOTHING,
        new Preferred(Optional.empty(), false, false, false, OptionalInt.of(complexity)));
  }

  private List<Candidate> order(RoutingCriteria criteria, Candidate... candidates) {
    ModelRoute route =
        new ModelRoute(
            List.of(candidates).stream().map(one -> new Target(one, 1)).toList(),
            List.of(),
            "alias");
    return strategies
        .rank(
            route, new RoutingRequest("fast", "", "", criteria, Optional.empty(), Optional.empty()))
        .candidates();
  }

  private void respond(Candidate candidate, long millis) {
    Call call = Calls.of(fixtures.exchangeFor("fast"));
    stats.begin(call.beginAttempt(candidate));
    fixtures.clock.addAndGet(millis * 1_000_000);
    call.recordToken();
    call.end(Call.Outcome.ANSWERED, Optional.empty());
  }
}

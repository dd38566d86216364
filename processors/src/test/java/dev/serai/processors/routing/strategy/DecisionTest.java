package dev.serai.processors.routing.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serai.core.model.ModelCatalogue.ModelRoute;
import dev.serai.core.model.ModelCatalogue.Target;
import dev.serai.core.routing.AttemptRules;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Decision;
import dev.serai.core.routing.Decision.Choice;
import dev.serai.core.routing.Decision.Source;
import dev.serai.core.routing.Plan;
import dev.serai.core.routing.RoutingCriteria;
import dev.serai.core.routing.Strategy;
import dev.serai.processors.routing.strategy.Ranking.Ranked;
import dev.serai.processors.support.CallFixtures;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is recorded of the choice of a candidate. */
class DecisionTest {
  private static final Candidate A = new Candidate("a", "m");
  private static final Candidate B = new Candidate("b", "m");
  private static final Candidate SPARE = new Candidate("spare", "m");
  private static final List<Target> WEIGHTED = List.of(new Target(A, 3), new Target(B, 1));

  private final CallFixtures fixtures = new CallFixtures();
  private final KnownModels catalogue = new KnownModels();
  private final Random random = new Random(7);
  private final Strategies strategies =
      StrategyFixtures.strategies(
          catalogue,
          new CandidateStats(fixtures.clock::get),
          new CacheAffinity(() -> Duration.ZERO, fixtures.clock::get),
          random::nextLong);

  @ParameterizedTest
  @EnumSource(
      value = Strategy.class,
      names = {"PRIORITY", "ROUND_ROBIN"})
  void thePropensityOfAWeightedTargetIsTheShareOfItsChoices(Strategy strategy) {
    catalogue.strategy = strategy;
    Map<Candidate, Double> propensities = new HashMap<>();
    int ofA = 0;
    for (int i = 0; i < 2_000; i++) {
      Ranking ranking = strategies.rank(route(WEIGHTED), request(RoutingCriteria.NONE));
      Candidate first = ranking.candidates().getFirst();
      propensities.put(first, decision(ranking).propensity());
      ofA += first.equals(A) ? 1 : 0;
    }
    assertThat(propensities).containsEntry(A, 0.75).containsEntry(B, 0.25);
    assertThat(ofA / 2_000.0).isCloseTo(0.75, within(0.03));
  }

  @Test
  void aStrategyThatComparesAlwaysChoosesTheSame() {
    for (Strategy strategy :
        List.of(Strategy.COST_AWARE, Strategy.LATENCY, Strategy.CAPABILITY_MATCH)) {
      catalogue.strategy = strategy;
      Decision made = decision(strategies.rank(route(WEIGHTED), request(RoutingCriteria.NONE)));
      assertThat(made.strategy()).isEqualTo(strategy.label());
      assertThat(made.propensity()).as(strategy.label()).isEqualTo(1);
    }
  }

  @Test
  void thePropensityOfTheLessLoadedOfTwoIsNotKnown() {
    catalogue.strategy = Strategy.LOAD_BALANCED;
    assertThat(
            decision(strategies.rank(route(WEIGHTED), request(RoutingCriteria.NONE))).propensity())
        .isNaN();
  }

  @Test
  void targetsOfALaterLevelAndThoseThatLackSomethingTakeNoShare() {
    Candidate deaf = new Candidate("deaf", "m");
    List<Target> targets =
        List.of(
            new Target(deaf, 50), new Target(A, 3), new Target(B, 1), new Target(SPARE, 100, 1));
    List<Ranked> order =
        List.of(
            new Ranked(B, 0, ""),
            new Ranked(A, 0, ""),
            new Ranked(SPARE, 1, ""),
            new Ranked(deaf, 0, "it does not accept audio"));
    assertThat(new FirstChance("priority", targets, order).getAsDouble()).isEqualTo(0.25);
    assertThat(new FirstChance("round_robin", targets, order).getAsDouble())
        .as("whose turn the first one took is not known")
        .isNaN();
  }

  @Test
  void itSaysWhatHasSetTheStrategy() {
    Ranking bySettings = strategies.rank(route(WEIGHTED), request(RoutingCriteria.NONE));
    assertThat(decision(bySettings).source()).isEqualTo(Source.SETTINGS);
    Ranking byRequest =
        strategies.rank(route(WEIGHTED), request(RoutingCriteria.NONE.with(Strategy.ROUND_ROBIN)));
    assertThat(decision(byRequest).source()).isEqualTo(Source.REQUEST);
    assertThat(decision(byRequest).strategy()).isEqualTo("round_robin");
  }

  @Test
  void aSingleTargetIsNotADecision() {
    List<Target> only = List.of(new Target(A, 1));
    Ranking ranking = strategies.rank(route(only), request(RoutingCriteria.NONE));
    assertThat(ranking.candidates()).containsExactly(A, SPARE);
    assertThat(ranking.decision(ranking.candidates())).isEmpty();
  }

  @Test
  void anotherFirstCandidateHasNoPropensity() {
    Ranking ranking = strategies.rank(route(WEIGHTED), request(RoutingCriteria.NONE));
    List<Candidate> order = ranking.candidates();
    Plan plan = new Plan("fast", order, "alias", AttemptRules.DEFAULT, ranking.decision(order));

    Decision stored = plan.preferring("spare").decision().orElseThrow();
    assertThat(stored.choice()).isEqualTo(Choice.STORED);
    assertThat(stored.propensity()).isNaN();
    Decision replaced = plan.with(List.of(SPARE)).decision().orElseThrow();
    assertThat(replaced.choice()).isEqualTo(Choice.REPLACED);
    assertThat(replaced.targets()).as("of the choice").isEqualTo(order.subList(0, 2));
    assertThat(plan.replacing().decision().orElseThrow().choice()).isEqualTo(Choice.REPLACED);
    assertThat(plan.with(order.subList(0, 1)).decision().orElseThrow().choice())
        .isEqualTo(Choice.PRIMARY);
  }

  private static Decision decision(Ranking ranking) {
    return ranking.decision(ranking.candidates()).orElseThrow();
  }

  private static ModelRoute route(List<Target> targets) {
    return new ModelRoute(targets, List.of(SPARE), "alias");
  }

  private static RoutingRequest request(RoutingCriteria criteria) {
    return new RoutingRequest("fast", "", "", criteria, Optional.empty(), Optional.empty());
  }
}

package dev.serai.processors.routing.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.chat.Usage;
import dev.serai.core.model.Capability;
import dev.serai.core.model.Charge;
import dev.serai.core.model.Modality;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.ModelFacts;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.RoutingCriteria;
import dev.serai.core.routing.RoutingCriteria.Preferred;
import dev.serai.core.routing.RoutingCriteria.Required;
import dev.serai.core.routing.Strategy;
import dev.serai.processors.routing.strategy.Ranking.LeftOut;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three candidates: {@code a} is cheap, {@code b} is in between, {@code c} is expensive. */
class StrategiesTest {
  private static final Candidate A = new Candidate("a", "m");
  private static final Candidate B = new Candidate("b", "m");
  private static final Candidate C = new Candidate("c", "m");
  private static final Candidate SPARE = new Candidate("spare", "m");
  private static final long MILLI = 1_000_000;
  private static final long MINUTE = 60_000 * MILLI;

  private final CallFixtures fixtures = new CallFixtures();
  private final KnownModels catalogue = new KnownModels();
  private final CandidateStats stats = new CandidateStats(fixtures.clock::get);
  private final Random random = new Random(7);
  private final Strategies strategies =
      StrategyFixtures.strategies(
          catalogue,
          stats,
          new CacheAffinity(() -> Duration.ZERO, fixtures.clock::get),
          bound -> random.nextInt((int) bound));

  @Test
  void inTurnEveryTargetComesAsOftenAsItsWeightSaysAndAsEvenlyAsPossible() {
    List<ModelCatalogue.Target> targets = List.of(share(A, 5), share(B, 1), share(C, 1));
    assertThat(firsts(targets, Strategy.ROUND_ROBIN, 14)).isEqualTo("aabacaaaabacaa");
  }

  @Test
  void inTurnLargeWeightsKeepTheirShares() {
    List<ModelCatalogue.Target> targets = List.of(share(A, 999_999), share(B, 333_333));
    assertThat(firsts(targets, Strategy.ROUND_ROBIN, 1000).chars().filter(c -> c == 'a').count())
        .isEqualTo(750);
  }

  @Test
  void everyModelNameHasTurnsOfItsOwn() {
    List<ModelCatalogue.Target> targets = List.of(share(A, 1), share(B, 1));
    List<String> order = new ArrayList<>();
    for (String name : List.of("x", "y", "x", "y")) {
      RoutingRequest request =
          new RoutingRequest(
              name, "", "", wanting(Strategy.ROUND_ROBIN), Optional.empty(), Optional.empty());
      order.add(strategies.rank(route(targets), request).candidates().getFirst().provider());
    }
    assertThat(order).containsExactly("a", "a", "b", "b");
  }

  @Test
  void theCheapestComesFirstAndAnUnknownPriceLast() {
    List<ModelCatalogue.Target> targets =
        List.of(share(C, 1), share(new Candidate("unpriced", "m"), 1), share(B, 1), share(A, 1));
    assertThat(order(targets, wanting(Strategy.COST_AWARE)))
        .containsExactly("a", "b", "c", "unpriced");
  }

  @Test
  void theFastestComesFirstAndWhatIsNotKnownIsTried() {
    measure(A, 300);
    measure(B, 100);
    List<ModelCatalogue.Target> targets = peers(A, B, C);
    assertThat(order(targets, wanting(Strategy.LATENCY))).containsExactly("c", "b", "a");
    measure(C, 200);
    assertThat(order(targets, wanting(Strategy.LATENCY))).containsExactly("b", "c", "a");
  }

  @Test
  void manyCallsAtOnceDoNotAllTryWhatIsNotKnown() {
    measure(A, 300);
    stats.begin(attempt(B));
    assertThat(order(peers(A, B), wanting(Strategy.LATENCY))).containsExactly("a", "b");
  }

  @Test
  void aSlowCandidateIsTriedAgainAfterSomeMinutes() {
    measure(A, 300);
    measure(B, 2_000);
    assertThat(order(peers(A, B), wanting(Strategy.LATENCY))).containsExactly("a", "b");
    fixtures.clock.addAndGet(5 * MINUTE);
    measure(A, 300);
    assertThat(order(peers(A, B), wanting(Strategy.LATENCY))).containsExactly("b", "a");
  }

  @Test
  void aCandidateThatFailsFastIsNotTakenForAFastOne() {
    measure(A, 300);
    measure(B, 100);
    fail(B, FailureCause.RATE_LIMITED);
    assertThat(order(peers(A, B), wanting(Strategy.LATENCY))).containsExactly("a", "b");
  }

  @Test
  void aRequestThatIsRefusedSaysNothingAboutTheCandidate() {
    measure(A, 300);
    measure(B, 100);
    fail(B, FailureCause.REFUSED);
    assertThat(order(peers(A, B), wanting(Strategy.LATENCY))).containsExactly("b", "a");
  }

  @Test
  void theLessLoadedOfTwoComesFirst() {
    for (int i = 0; i < 3; i++) {
      stats.begin(attempt(A));
    }
    for (int i = 0; i < 20; i++) {
      assertThat(order(peers(A, B), wanting(Strategy.LOAD_BALANCED))).containsExactly("b", "a");
    }
  }

  @Test
  void aTargetThatIsNotMeasuredIsTakenForAsFastAsTheOther() {
    measure(B, 100);
    stats.begin(attempt(A));
    for (int i = 0; i < 20; i++) {
      assertThat(order(peers(A, B), wanting(Strategy.LOAD_BALANCED))).containsExactly("b", "a");
    }
  }

  @Test
  void callsThatEndTakeTheirLoadWithThem() {
    Call call = call();
    stats.begin(call.beginAttempt(A));
    assertThat(stats.of(A).running()).isEqualTo(1);
    call.end(Call.Outcome.CANCELLED, Optional.empty());
    assertThat(stats.of(A).running()).isZero();
  }

  @Test
  void amongManyTheLoadIsEven() {
    Map<String, Integer> counts = new HashMap<>();
    List<ModelCatalogue.Target> targets = peers(A, B, C);
    for (int i = 0; i < 300; i++) {
      Candidate first =
          strategies
              .rank(route(targets), request(wanting(Strategy.LOAD_BALANCED)))
              .candidates()
              .getFirst();
      stats.begin(attempt(first));
      counts.merge(first.provider(), 1, Integer::sum);
    }
    assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(90, 110));
  }

  @Test
  void whatMeetsTheNeedsForSureComesBeforeWhatIsNotKnown() {
    catalogue.facts.put(C, facts(Set.of(Modality.TEXT, Modality.IMAGE), Set.of()));
    Required vision =
        new Required(true, false, false, 0, OptionalLong.empty(), OptionalLong.empty());
    Preferred match =
        new Preferred(
            Optional.of(Strategy.CAPABILITY_MATCH), false, false, false, OptionalInt.empty());
    assertThat(order(peers(A, B, C), new RoutingCriteria(vision, match)))
        .containsExactly("c", "a", "b");
  }

  @Test
  void whatIsRequiredIsRequiredOfFallbacksToo() {
    catalogue.facts.put(A, facts(Set.of(Modality.TEXT), Set.of()));
    catalogue.facts.put(SPARE, facts(Set.of(Modality.TEXT), Set.of()));
    Required vision =
        new Required(true, false, false, 0, OptionalLong.empty(), OptionalLong.empty());
    Ranking ranking =
        strategies.rank(
            new ModelCatalogue.ModelRoute(peers(A, B), List.of(SPARE), "alias"),
            request(new RoutingCriteria(vision, Preferred.NOTHING)));
    assertThat(ranking.candidates()).containsExactly(B);
    assertThat(ranking.leftOut())
        .containsExactly(
            new LeftOut(A, "it does not accept images"),
            new LeftOut(SPARE, "it does not accept images"));
  }

  @Test
  void aRequirementThatNoCandidateMeetsIsRefusedWithTheReasons() {
    catalogue.facts.put(A, facts(Set.of(), Set.of(Capability.STREAMING)));
    Required functions =
        new Required(false, true, false, 0, OptionalLong.empty(), OptionalLong.empty());
    assertThatThrownBy(() -> order(peers(A), new RoutingCriteria(functions, Preferred.NOTHING)))
        .isInstanceOfSatisfying(
            CallerProblem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(400);
              assertThat(problem.code()).isEqualTo("no_models_available");
              assertThat(problem.message()).contains("a/m: it does not have tools");
            });
  }

  @Test
  void aPriceLimitLeavesOutWhatIsMoreExpensiveAndWhatHasNoPrice() {
    catalogue.facts.put(A, priced("0.000001"));
    catalogue.facts.put(B, priced("0.00001"));
    Required cheap =
        new Required(false, false, false, 0, OptionalLong.of(2_000), OptionalLong.empty());
    assertThat(order(peers(A, B, C), new RoutingCriteria(cheap, Preferred.NOTHING)))
        .containsExactly("a");
    assertThatThrownBy(() -> order(peers(B), new RoutingCriteria(cheap, Preferred.NOTHING)))
        .hasMessageContaining("b/m: a token costs 0.00001 USD");
  }

  @Test
  void aLatencyLimitLeavesOutWhatIsMeasuredToBeSlower() {
    measureStream(A, 300);
    measureStream(B, 50);
    Required fast =
        new Required(false, false, false, 0, OptionalLong.empty(), OptionalLong.of(100));
    assertThat(
            order(
                peers(A, B, C),
                new RoutingCriteria(fast, wanting(Strategy.COST_AWARE).preferred())))
        .containsExactly("b", "c");
  }

  @Test
  void preferencesCountTogether() {
    measure(A, 900);
    measure(B, 100);
    measure(C, 200);
    Preferred both = new Preferred(Optional.empty(), true, true, false, OptionalInt.empty());
    assertThat(order(peers(C, A, B), new RoutingCriteria(Required.NOTHING, both)).getFirst())
        .isEqualTo("b");
  }

  @Test
  void aReliableCandidateIsPreferred() {
    measure(A, 10);
    fail(A, FailureCause.OVERLOADED);
    measure(B, 10);
    Preferred reliable = new Preferred(Optional.empty(), false, false, true, OptionalInt.empty());
    assertThat(order(peers(A, B), new RoutingCriteria(Required.NOTHING, reliable)))
        .containsExactly("b", "a");
  }

  @Test
  void aDifficultTaskPrefersAnExpensiveModelAndAnEasyOneACheapModel() {
    assertThat(order(peers(A, B, C), ofComplexity(10)).getFirst()).isEqualTo("c");
    assertThat(order(peers(A, B, C), ofComplexity(5)).getFirst()).isEqualTo("b");
    assertThat(order(peers(A, B, C), ofComplexity(1)).getFirst()).isEqualTo("a");
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void everyStrategyKeepsEveryCandidateOnceAndFallbacksLast(Strategy strategy) {
    ModelCatalogue.ModelRoute route =
        new ModelCatalogue.ModelRoute(peers(A, B, C), List.of(SPARE), "alias");
    for (int i = 0; i < 50; i++) {
      List<Candidate> order = strategies.rank(route, request(wanting(strategy))).candidates();
      assertThat(order).containsExactlyInAnyOrder(A, B, C, SPARE).endsWith(SPARE);
    }
  }

  @Test
  void theRequestGoesBeforeTheCatalogue() {
    catalogue.strategy = Strategy.COST_AWARE;
    assertThat(order(peers(C, A), RoutingCriteria.NONE)).containsExactly("a", "c");
    assertThat(strategies.rank(route(peers(C, A)), request(RoutingCriteria.NONE)).rule())
        .isEqualTo("cost_aware");
    assertThat(strategies.rank(route(peers(C, A)), request(wanting(Strategy.PRIORITY))).rule())
        .isEqualTo("priority");
  }

  @Test
  void levelsComeInOrderWithPriorityOnly() {
    List<ModelCatalogue.Target> levels = ModelCatalogue.Target.inOrder(List.of(C, B, A));
    for (int i = 0; i < 10; i++) {
      assertThat(order(levels, RoutingCriteria.NONE)).containsExactly("c", "b", "a");
    }
    assertThat(order(levels, wanting(Strategy.COST_AWARE))).containsExactly("a", "b", "c");
  }

  private String firsts(List<ModelCatalogue.Target> targets, Strategy strategy, int times) {
    StringBuilder firsts = new StringBuilder();
    for (int i = 0; i < times; i++) {
      firsts.append(order(targets, wanting(strategy)).getFirst());
    }
    return firsts.toString();
  }

  private List<String> order(List<ModelCatalogue.Target> targets, RoutingCriteria criteria) {
    return strategies.rank(route(targets), request(criteria)).candidates().stream()
        .map(Candidate::provider)
        .collect(Collectors.toList());
  }

  private static ModelCatalogue.ModelRoute route(List<ModelCatalogue.Target> targets) {
    return new ModelCatalogue.ModelRoute(targets, List.of(), "alias");
  }

  private static RoutingRequest request(RoutingCriteria criteria) {
    return new RoutingRequest("fast", "", "", criteria, Optional.empty(), Optional.empty());
  }

  private static RoutingCriteria wanting(Strategy strategy) {
    return RoutingCriteria.NONE.with(strategy);
  }

  private static RoutingCriteria ofComplexity(int complexity) {
    return new RoutingCriteria(
        Required.NOTHING,
        new Preferred(Optional.empty(), false, false, false, OptionalInt.of(complexity)));
  }

  private static List<ModelCatalogue.Target> peers(Candidate... candidates) {
    List<ModelCatalogue.Target> targets = new ArrayList<>();
    for (Candidate candidate : candidates) {
      targets.add(share(candidate, 1));
    }
    return targets;
  }

  private static ModelCatalogue.Target share(Candidate candidate, int weight) {
    return new ModelCatalogue.Target(candidate, weight);
  }

  private Attempt attempt(Candidate candidate) {
    return call().beginAttempt(candidate);
  }

  private Call call() {
    return Calls.of(fixtures.exchangeFor("fast"));
  }

  /** A non-streaming response of 300 tokens that takes this long. */
  private void measure(Candidate candidate, long millis) {
    Call call = call();
    Attempt attempt = call.beginAttempt(candidate);
    stats.begin(attempt);
    fixtures.clock.addAndGet(millis * MILLI);
    attempt.recordUsage(Usage.of(1, 300));
    call.recordToken();
    call.end(Call.Outcome.ANSWERED, Optional.empty());
  }

  /** A stream whose first token takes this long. */
  private void measureStream(Candidate candidate, long millis) {
    Call call = call();
    stats.begin(call.beginAttempt(candidate));
    fixtures.clock.addAndGet(millis * MILLI);
    call.recordToken();
    call.end(Call.Outcome.ANSWERED, Optional.empty());
  }

  private void fail(Candidate candidate, FailureCause cause) {
    Call call = call();
    stats.begin(call.beginAttempt(candidate));
    fixtures.clock.addAndGet(MILLI);
    ProviderProblem problem = ProviderProblem.of(candidate.provider(), cause, 500).build();
    call.failAttempt(problem);
    call.end(Call.Outcome.FAILED, Optional.of(problem));
  }

  private static ModelFacts facts(Set<Modality> input, Set<Capability> capabilities) {
    return new ModelFacts(
        OptionalInt.empty(), OptionalInt.empty(), input, Set.of(), capabilities, Map.of());
  }

  private static ModelFacts priced(String usdPerToken) {
    BigDecimal price = new BigDecimal(usdPerToken);
    return facts(Set.of(), Set.of()).withPrices(Map.of(Charge.INPUT, price, Charge.OUTPUT, price));
  }
}

package dev.serai.processors.routing.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.bandit.Bandit;
import dev.serai.core.bandit.BanditAlgorithm;
import dev.serai.core.bandit.BanditRules;
import dev.serai.core.bandit.RewardRules;
import dev.serai.core.call.Call;
import dev.serai.core.features.TaskCluster;
import dev.serai.core.model.ModelCatalogue.ModelRoute;
import dev.serai.core.model.ModelCatalogue.Target;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.PolicyFeatures;
import dev.serai.core.routing.Strategy;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bandits over the candidates a, b and c, of which b answers always and the others seldom. */
class BanditsTest {
  private static final ModelRoute ROUTE =
      new ModelRoute(List.of(target("a"), target("b"), target("c")), List.of(), "alias");

  private final CallFixtures fixtures = new CallFixtures();
  private final KnownModels catalogue = new KnownModels();
  private final Set<Candidate> open = new HashSet<>();
  private final CandidateStats stats = new CandidateStats(fixtures.clock::get, open::contains);
  private final Random random = new Random(5);

  @BeforeEach
  void byBandit() {
    catalogue.strategy = Strategy.BANDIT;
  }

  private Strategies strategies(BanditAlgorithm algorithm) {
    return strategies(BanditRules.of(algorithm));
  }

  private Strategies strategies(BanditRules rules) {
    return strategies(bandits(rules));
  }

  private Bandits bandits(BanditRules rules) {
    return new Bandits(
        new Bandits.Rules(rules, RewardRules.DEFAULT),
        () -> random,
        InstantSource.fixed(Instant.EPOCH));
  }

  private Strategies strategies(Bandits bandits) {
    CacheAffinity affinity = new CacheAffinity(() -> Duration.ZERO, fixtures.clock::get);
    return new Strategies(
        catalogue,
        stats,
        new Strategies.Learned(affinity, bandits),
        bound -> random.nextInt((int) bound));
  }

  @ParameterizedTest
  @EnumSource(BanditAlgorithm.class)
  void itLearnsWhichCandidateAnswers(BanditAlgorithm algorithm) {
    Strategies strategies = strategies(algorithm);
    int best = 0;
    for (int i = 0; i < 600; i++) {
      String first = call(strategies, "b");
      best += i >= 300 && first.equals("b") ? 1 : 0;
    }
    assertThat(best).isGreaterThan(270);
  }

  @Test
  void itLearnsForEachModelNameAlone() {
    Strategies strategies = strategies(BanditAlgorithm.POOLED);
    for (int i = 0; i < 300; i++) {
      call(strategies, "b");
    }
    int others = 0;
    for (int i = 0; i < 20; i++) {
      Call call = Calls.of(fixtures.exchangeFor("another"));
      others +=
          strategies.begin(ROUTE, call).candidates().getFirst().provider().equals("b") ? 0 : 1;
    }
    assertThat(others).isPositive();
  }

  @Test
  void namesThatOtherGatewaysUseDropNoneInUse() {
    Bandits bandits =
        new Bandits(
            new Bandits.Rules(BanditRules.of(BanditAlgorithm.UCB), RewardRules.DEFAULT),
            () -> random,
            InstantSource.fixed(Instant.EPOCH));
    bandits.open("first");
    Bandit first = Objects.requireNonNull(bandits.inUse().get("first"));
    for (int i = 0; i < 2_000; i++) {
      bandits.open("name-" + i);
    }
    assertThat(bandits.inUse()).hasSize(1_024).containsEntry("first", first);
  }

  @Test
  void aQualityThatIsRevisedAndRevisedBackLeavesWhatWasLearned() {
    Bandits bandits = bandits(BanditRules.of(BanditAlgorithm.LINUCB), RewardRules.DEFAULT);
    bandits.open("fast");
    Bandit bandit = Objects.requireNonNull(bandits.inUse().get("fast"));
    PolicyFeatures features =
        new PolicyFeatures("code", 700, 2, Set.of(PolicyFeatures.Trait.TOOLS));
    bandit.learn(BanditFeatures.context(Optional.of(features)), "b/m", 0.75);
    String before = bandit.state().text();
    Bandits.LearnedCall call =
        new Bandits.LearnedCall(new Candidate("b", "m"), Optional.of(features), Duration.ZERO);

    bandits.revise("fast", call, -0.5);
    assertThat(bandit.state().text()).isNotEqualTo(before);
    bandits.revise("fast", call, 0.5);
    assertThat(bandit.state().text()).isEqualTo(before);
  }

  @Test
  void whatIsRevisedLateCountsAsMuchLessAsItHasAged() {
    Duration halfLife = Duration.ofHours(1);
    RewardRules onlyQuality = new RewardRules(0, 1, 0, 0, Duration.ofSeconds(1), 1);
    BanditRules aging = new BanditRules(BanditAlgorithm.UCB, halfLife, 1_000, 1, false);
    Bandits late = bandits(aging, onlyQuality);
    late.revise(
        "fast", new Bandits.LearnedCall(new Candidate("b", "m"), Optional.empty(), halfLife), -1);
    Bandits soon = bandits(aging, onlyQuality);
    soon.revise(
        "fast",
        new Bandits.LearnedCall(new Candidate("b", "m"), Optional.empty(), Duration.ZERO),
        -0.5);
    assertThat(state(late)).isEqualTo(state(soon));
  }

  private static String state(Bandits bandits) {
    return Objects.requireNonNull(bandits.inUse().get("fast")).state().text();
  }

  private Bandits bandits(BanditRules rules, RewardRules reward) {
    return new Bandits(
        new Bandits.Rules(rules, reward), () -> random, InstantSource.fixed(Instant.EPOCH));
  }

  @Test
  void namesThatCallersMakeUpDropNoneInUse() {
    Bandits bandits = bandits(BanditRules.of(BanditAlgorithm.POOLED));
    Strategies strategies = strategies(bandits);
    for (int i = 0; i < 5_000; i++) {
      var _ = strategies.begin(ROUTE, Calls.of(fixtures.exchangeFor("made-up-" + i)));
      if (i % 100 == 0) {
        call(strategies, "b");
      }
    }
    assertThat(bandits.inUse()).hasSizeLessThanOrEqualTo(1_024);
    Bandit used = Objects.requireNonNull(bandits.inUse().get("fast"));
    assertThat(used.mean("b/m", TaskCluster.CHAT.ordinal(), 1))
        .as("what was learned from all fifty calls is known")
        .isPresent();
  }

  @Test
  void nothingIsLearnedFromAnAttemptThatWasNotSentOrRefused() {
    Strategies strategies = strategies(BanditAlgorithm.UCB);
    for (FailureCause cause :
        List.of(FailureCause.BREAKER_OPEN, FailureCause.REFUSED, FailureCause.OUT_OF_TIME)) {
      Call call = Calls.of(fixtures.exchangeFor("fast"));
      Candidate first = strategies.begin(ROUTE, call).candidates().getFirst();
      fail(call, first, ProviderProblem.of("x", cause, 500).build());
    }
    Ranking ranking = strategies.begin(ROUTE, Calls.of(fixtures.exchangeFor("fast")));
    assertThat(ranking.draw().orElseThrow().propensity())
        .as("all are unknown, so each has the same chance")
        .isBetween(0.33, 0.34);
  }

  @Test
  void theBanditOfTheLastPlanLearnsFromACallThatIsPlannedOnceMore() {
    Bandits bandits = bandits(BanditRules.of(BanditAlgorithm.POOLED));
    Strategies strategies = strategies(bandits);
    Call call = Calls.of(fixtures.exchangeFor("fast"));
    strategies.begin(ROUTE, call);
    Candidate first = strategies.begin("cheap", ROUTE, call).candidates().getFirst();
    respond(call, first);
    assertThat(arms(bandits, "fast")).isEmpty();
    assertThat(arms(bandits, "cheap")).containsExactly(first.provider() + "/m");
  }

  @Test
  void nothingIsLearnedFromAnAttemptAtAnotherCandidateThanTheTargets() {
    Bandits bandits = bandits(BanditRules.of(BanditAlgorithm.POOLED));
    Call call = Calls.of(fixtures.exchangeFor("fast"));
    strategies(bandits).begin(ROUTE, call);
    respond(call, new Candidate("fallback", "m"));
    assertThat(arms(bandits, "fast")).isEmpty();
  }

  @Test
  void aTargetThatRefusesEveryRequestIsOnlyProbed() {
    Strategies strategies = strategies(BanditAlgorithm.POOLED);
    int refused = 0;
    for (int i = 0; i < 600; i++) {
      Call call = Calls.of(fixtures.exchangeFor("fast"));
      Candidate first = strategies.begin(ROUTE, call).candidates().getFirst();
      if (first.provider().equals("a")) {
        fail(call, first, ProviderProblem.of("a", FailureCause.REFUSED, 400).build());
        refused += i >= 300 ? 1 : 0;
      } else {
        respond(call, first);
      }
    }
    assertThat(refused).as("of the last 300 calls").isLessThan(15);
  }

  @Test
  void aTargetWhoseBreakerIsOpenIsDrawnAgainWhenTheBreakerLetsAProbeThrough() {
    Strategies strategies = strategies(BanditAlgorithm.THOMPSON);
    open.add(new Candidate("a", "m"));
    for (int i = 0; i < 200; i++) {
      Ranking ranking = strategies.begin(ROUTE, Calls.of(fixtures.exchangeFor("fast")));
      assertThat(ranking.order().getLast())
          .isEqualTo(
              new Ranking.Ranked(
                  new Candidate("a", "m"), Double.NaN, "its circuit breaker is open"));
    }
    open.clear();
    int first = 0;
    for (int i = 0; i < 200; i++) {
      Ranking ranking = strategies.begin(ROUTE, Calls.of(fixtures.exchangeFor("fast")));
      first += ranking.candidates().getFirst().provider().equals("a") ? 1 : 0;
    }
    assertThat(first).isPositive();
  }

  private static Set<String> arms(Bandits bandits, String model) {
    return Objects.requireNonNull(bandits.inUse().get(model)).state().arms();
  }

  private void respond(Call call, Candidate candidate) {
    stats.begin(call.beginAttempt(candidate));
    fixtures.clock.addAndGet(1_000_000);
    call.recordToken();
    call.end(Call.Outcome.ANSWERED, Optional.empty());
  }

  private void fail(Call call, Candidate candidate, ProviderProblem problem) {
    stats.begin(call.beginAttempt(candidate));
    call.failAttempt(problem);
    call.end(Call.Outcome.FAILED, Optional.of(problem));
  }

  @Test
  void theRankingHasTheChoiceTheKindOfWorkAndThePropensity() {
    Strategies strategies = strategies(BanditAlgorithm.THOMPSON);
    for (int i = 0; i < 200; i++) {
      call(strategies, "b");
    }
    Ranking ranking = strategies.begin(ROUTE, Calls.of(fixtures.exchangeFor("fast")));
    assertThat(ranking.rule()).isEqualTo("bandit");
    assertThat(ranking.draw().orElseThrow().algorithm()).isEqualTo("thompson");
    assertThat(ranking.draw().orElseThrow().cluster()).isEqualTo("chat");
    assertThat(ranking.draw().orElseThrow().propensity()).isBetween(0.0001, 1.0);
    assertThat(ranking.candidates()).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void whatIsOnlyAskedForCostsNothingOfTheExplorationBudget() {
    BanditRules rules = new BanditRules(BanditAlgorithm.THOMPSON, Duration.ZERO, 1_000, 1e-9, true);
    Strategies strategies = strategies(rules);
    RoutingRequest asked = RoutingRequest.of(Calls.of(fixtures.exchangeFor("fast")));
    for (int i = 0; i < 50; i++) {
      assertThat(strategies.rank(ROUTE, asked).draw().orElseThrow().propensity()).isLessThan(1);
    }
    for (int i = 0; i < 50; i++) {
      strategies.begin(ROUTE, Calls.of(fixtures.exchangeFor("fast")));
    }
    assertThat(strategies.rank(ROUTE, asked).draw().orElseThrow().propensity()).isEqualTo(1);
  }

  /** One call; only that provider answers. Returns the first candidate. */
  private String call(Strategies strategies, String answering) {
    Call call = Calls.of(fixtures.exchangeFor("fast"));
    Candidate first = strategies.begin(ROUTE, call).candidates().getFirst();
    if (first.provider().equals(answering)) {
      respond(call, first);
    } else {
      fail(call, first, ProviderProblem.of(first.provider(), FailureCause.OVERLOADED, 500).build());
    }
    return first.provider();
  }

  private static Target target(String provider) {
    return new Target(new Candidate(provider, "m"), 1);
  }
}

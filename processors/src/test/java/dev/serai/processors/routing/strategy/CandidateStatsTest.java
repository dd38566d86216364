package dev.serai.processors.routing.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.chat.Usage;
import dev.serai.core.model.ModelCatalogue.ModelRoute;
import dev.serai.core.model.ModelCatalogue.Target;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.RoutingCriteria;
import dev.serai.core.routing.Strategy;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CandidateStatsTest {
  private static final Candidate A = new Candidate("a", "m");
  private static final Candidate B = new Candidate("b", "m");
  private static final ModelRoute ROUTE =
      new ModelRoute(List.of(new Target(A, 1), new Target(B, 1)), List.of(), "alias");
  private static final long MILLI = 1_000_000;

  private final CallFixtures fixtures = new CallFixtures();
  private final CandidateStats stats = new CandidateStats(fixtures.clock::get);

  @ParameterizedTest
  @EnumSource(
      value = Strategy.class,
      names = {"LATENCY", "LOAD_BALANCED"})
  void aCandidateThatRefusesEveryRequestIsNotTakenForAFastOne(Strategy strategy) {
    respond(A, 300);
    for (int i = 0; i < 5; i++) {
      fail(B, FailureCause.REFUSED);
    }
    assertThat(first(strategy)).isEqualTo(A);
    fixtures.clock.addAndGet(Duration.ofMinutes(5).toNanos());
    respond(A, 300);
    respond(B, 100);
    fail(B, FailureCause.REFUSED);
    assertThat(first(strategy)).as("it answers again").isEqualTo(B);
  }

  @ParameterizedTest
  @EnumSource(
      value = Strategy.class,
      names = {"LATENCY", "LOAD_BALANCED"})
  void failuresThatAreForgivenDoNotComeBackWithASuccess(Strategy strategy) {
    for (int i = 0; i < 20; i++) {
      fail(B, FailureCause.OVERLOADED);
    }
    fixtures.clock.addAndGet(Duration.ofMinutes(10).toNanos());
    respond(A, 300);
    respond(B, 100);
    assertThat(first(strategy)).isEqualTo(B);
  }

  @Test
  void aClockThatBeginsBelowZeroMeasuresToo() {
    fixtures.clock.set(-Duration.ofDays(100).toNanos());
    respond(A, 300);
    respond(B, 100);
    assertThat(stats.of(A).peakMillis(stats.nanos())).isBetween(290.0, 300.0);
    assertThat(first(Strategy.LOAD_BALANCED)).isEqualTo(B);
  }

  @Test
  void manyNewCandidatesDoNotPushOutThoseInUse() {
    Candidate busy = new Candidate("busy", "m");
    stats.begin(call().beginAttempt(busy));
    respond(A, 300);
    for (int i = 0; i < 10_000; i++) {
      stats.of(new Candidate("a", "new-" + i));
    }
    assertThat(stats.of(A).isKnown()).isTrue();
    assertThat(stats.of(busy).running()).isOne();
  }

  private Candidate first(Strategy strategy) {
    RoutingRequest request =
        new RoutingRequest(
            "fast",
            "",
            "",
            RoutingCriteria.NONE.with(strategy),
            Optional.empty(),
            Optional.empty());
    Strategies strategies =
        StrategyFixtures.strategies(
            new KnownModels(),
            stats,
            new CacheAffinity(() -> Duration.ZERO, fixtures.clock::get),
            _ -> 0);
    return strategies.rank(ROUTE, request).candidates().getFirst();
  }

  private void respond(Candidate candidate, long millis) {
    Call call = call();
    Attempt attempt = call.beginAttempt(candidate);
    stats.begin(attempt);
    fixtures.clock.addAndGet(millis * MILLI);
    attempt.recordUsage(Usage.of(1, 300));
    attempt.recordFirstToken(fixtures.clock.get());
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

  private Call call() {
    return Calls.of(fixtures.exchangeFor("fast"));
  }
}

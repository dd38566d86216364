package dev.serai.processors.routing.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call;
import dev.serai.core.chat.Usage;
import dev.serai.core.model.ModelCatalogue.ModelRoute;
import dev.serai.core.model.ModelCatalogue.Target;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.RoutingCriteria;
import dev.serai.core.routing.RoutingCriteria.Preferred;
import dev.serai.core.routing.RoutingCriteria.Required;
import dev.serai.core.routing.Strategy;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is measured of the candidates a and b, and how long it counts. */
class MeasuredTest {
  private static final Candidate A = new Candidate("a", "m");
  private static final Candidate B = new Candidate("b", "m");
  private static final long MILLI = 1_000_000;
  private static final long MINUTE = 60_000 * MILLI;

  /** At most 800 ms to the first token. */
  private static final RoutingCriteria PROMPT =
      new RoutingCriteria(
          new Required(false, false, false, 0, OptionalLong.empty(), OptionalLong.of(800)),
          Preferred.NOTHING);

  private final CallFixtures fixtures = new CallFixtures();
  private final CandidateStats stats = new CandidateStats(fixtures.clock::get);
  private final Strategies strategies =
      StrategyFixtures.strategies(
          new KnownModels(),
          stats,
          new CacheAffinity(() -> Duration.ZERO, fixtures.clock::get),
          _ -> 0);

  @Test
  void aResponseInOnePieceDoesNotSayWhenItsFirstTokenCame() {
    measure(A, 9_000, Usage.of(1, 300));
    assertThat(stats.of(A).firstMillis()).isNegative();
    assertThat(stats.p95Millis(A)).isEmpty();
    assertThat(stats.of(A).expectedMillis(300, fixtures.clock.get())).isBetween(8_999.0, 9_001.0);
    assertThat(order(PROMPT)).containsExactly("a", "b");
  }

  @Test
  void aCountOfTokensAboveTheBytesThatCameIsNotBelieved() {
    measure(A, 9_000, Usage.of(1, 1_000_000_000), 2_000);
    assertThat(stats.of(A).expectedMillis(300, fixtures.clock.get())).isGreaterThan(8_999);
    measure(B, 9_000, Usage.of(1, 300), 2_000);
    assertThat(stats.of(B).expectedMillis(300, fixtures.clock.get())).isBetween(8_999.0, 9_001.0);
  }

  @Test
  void reasoningThatIsNotSentIsNotAPartOfTheResponse() {
    measure(A, 9_000, new Usage(1, 3_300, 0, 0, 3_000), 2_000);
    assertThat(stats.of(A).expectedMillis(300, fixtures.clock.get())).isBetween(8_999.0, 9_001.0);
  }

  @Test
  void whoWasLeftForTheNextCandidateWouldHaveTakenAtLeastAsLong() {
    Call call = Calls.of(fixtures.exchangeFor("fast"));
    stats.begin(call.beginAttempt(A));
    fixtures.clock.addAndGet(1_200 * MILLI);
    call.failAttempt(ProviderProblem.of("a", FailureCause.LATE, 504).build());
    assertThat(stats.p95Millis(A)).hasValue(1_200);
    assertThat(stats.of(A).firstMillis()).isEqualTo(1_200);
    assertThat(stats.of(A).failures(fixtures.clock.get())).isZero();
    assertThat(order(PROMPT)).containsExactly("b");
  }

  @Test
  void whatALatencyLimitHasLeftOutIsTriedAgainAfterSomeMinutes() {
    measure(A, 2_000, Usage.of(1, 1));
    assertThat(order(PROMPT)).containsExactly("b");
    fixtures.clock.addAndGet(2 * MINUTE);
    assertThat(order(PROMPT)).containsExactly("a", "b");
  }

  @Test
  void aTargetThatWasSlowOnceGetsLoadAgain() {
    RoutingCriteria byLoad = RoutingCriteria.NONE.with(Strategy.LOAD_BALANCED);
    measure(A, 60_000, Usage.of(1, 1));
    measure(B, 100, Usage.of(1, 1));
    assertThat(order(byLoad)).containsExactly("b", "a");
    fixtures.clock.addAndGet(3 * MINUTE);
    measure(B, 100, Usage.of(1, 1));
    assertThat(order(byLoad)).containsExactly("a", "b");
  }

  private List<String> order(RoutingCriteria criteria) {
    ModelRoute route = new ModelRoute(Target.inOrder(List.of(A, B)), List.of(), "alias");
    RoutingRequest request =
        new RoutingRequest("fast", "", "", criteria, Optional.empty(), Optional.empty());
    List<String> order = new ArrayList<>();
    for (Candidate candidate : strategies.rank(route, request).candidates()) {
      order.add(candidate.provider());
    }
    return order;
  }

  /** A non-streaming response that takes this long. */
  private void measure(Candidate candidate, long millis, Usage usage) {
    measure(candidate, millis, usage, 0);
  }

  /** The same with so many bytes. */
  private void measure(Candidate candidate, long millis, Usage usage, int bytes) {
    Call call = Calls.of(fixtures.exchangeFor("fast"));
    stats.begin(call.beginAttempt(candidate));
    fixtures.clock.addAndGet(millis * MILLI);
    call.recordToken();
    call.current().recordReceived(bytes);
    call.current().recordUsage(usage);
    call.end(Call.Outcome.ANSWERED, Optional.empty());
  }
}

package dev.serai.processors.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call;
import dev.serai.core.call.CallBounds;
import dev.serai.core.call.HedgedAttempts;
import dev.serai.core.http.Headers;
import dev.serai.core.net.DeadlineOverrides;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.AttemptRules;
import dev.serai.core.routing.AttemptRules.HedgeRules;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Failover;
import dev.serai.core.routing.FailureKind;
import dev.serai.core.routing.Plan;
import dev.serai.core.routing.RoutingCriteria;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which candidates follow a failure of the first one, by its kind. */
class NextCandidatesTest {
  /** The names of models say how large their context windows are. */
  private static final Candidate SMALL = new Candidate("p", "100");

  private static final Candidate SAME = new Candidate("q", "100");
  private static final Candidate LARGE = new Candidate("p", "1000");
  private static final Candidate UNKNOWN = new Candidate("p", "unknown");
  private static final Candidate OTHER = new Candidate("other", "unknown");

  private final NextCandidates next = new NextCandidates(NextCandidatesTest::window, 3);

  private static OptionalInt window(Candidate candidate) {
    return candidate.model().equals("unknown")
        ? OptionalInt.empty()
        : OptionalInt.of(Integer.parseInt(candidate.model()));
  }

  @Test
  void aPromptThatIsTooLongGoesToALargerModelOrOneOfUnknownSize() {
    Call call = call(Failover.DEFAULT, SMALL, SAME, LARGE, UNKNOWN);
    assertThat(next.follow(call, problem(FailureCause.CONTEXT_WINDOW))).isTrue();
    assertThat(call.plan().candidates()).containsExactly(SMALL, LARGE, UNKNOWN);
  }

  @Test
  void withoutALargerModelTheCallFails() {
    Call call = call(Failover.DEFAULT, LARGE, SMALL);
    assertThat(next.follow(call, problem(FailureCause.CONTEXT_WINDOW))).isFalse();
  }

  @Test
  void ofAModelOfUnknownSizeEveryOtherMayBeLarger() {
    Call call = call(Failover.DEFAULT, UNKNOWN, SMALL);
    assertThat(next.follow(call, problem(FailureCause.CONTEXT_WINDOW))).isTrue();
  }

  @Test
  void theCandidatesOfAKindComeBeforeTheRestOfThePlan() {
    Failover failover =
        new Failover(Failover.DEFAULT.kinds(), Set.of(), List.of(OTHER, SMALL), List.of());
    Call call = call(failover, SMALL, LARGE);
    assertThat(next.follow(call, problem(FailureCause.CONTEXT_WINDOW))).isTrue();
    assertThat(call.plan().candidates())
        .as("what has failed is not tried again")
        .containsExactly(SMALL, OTHER, LARGE);
  }

  @Test
  void theCandidatesOfAKindFollowNoOtherFailure() {
    Failover failover =
        new Failover(Failover.DEFAULT.kinds(), Set.of(), List.of(OTHER), List.of(OTHER));
    Call call = call(failover, SMALL, LARGE);
    assertThat(next.follow(call, problem(FailureCause.OVERLOADED))).isTrue();
    assertThat(call.plan().candidates()).containsExactly(SMALL, LARGE);
  }

  @Test
  void filteredContentGoesToNoOtherModelUnasked() {
    Call call = call(Failover.DEFAULT, SMALL, LARGE);
    assertThat(next.follow(call, problem(FailureCause.CONTENT_FILTER))).isFalse();
    assertThat(next.mayReplaceFiltered(call)).isFalse();
  }

  @Test
  void filteredContentGoesWhereTheOperatorSays() {
    Failover failover = new Failover(Failover.DEFAULT.kinds(), Set.of(), List.of(), List.of(OTHER));
    Call call = call(failover, SMALL, LARGE);
    assertThat(next.mayReplaceFiltered(call)).isTrue();
    assertThat(next.follow(call, problem(FailureCause.CONTENT_FILTER))).isTrue();
    assertThat(call.plan().candidates()).containsExactly(SMALL, OTHER);
  }

  @Test
  void aResponseOfTheLastCandidateIsSentEvenIfItIsFiltered() {
    Failover failover =
        new Failover(Set.of(FailureKind.CONTENT_FILTER), Set.of(), List.of(), List.of());
    assertThat(next.mayReplaceFiltered(call(failover, SMALL, LARGE))).isTrue();
    assertThat(next.mayReplaceFiltered(call(failover, SMALL))).isFalse();
  }

  @Test
  void aResponseOfNoUseIsReplacedByThatOfTheAttemptThatRunsBeside() {
    Call call = call(Failover.DEFAULT, SMALL, LARGE);
    Call beside = HedgedAttempts.begin(call, LARGE);
    for (Call each : List.of(call, beside)) {
      assertThat(next.mayReplaceResponse(each)).isTrue();
      assertThat(next.mayReplaceFiltered(each)).isTrue();
      assertThat(next.mayFollow(each, FailureKind.TIMEOUT))
          .as("the last one keeps its time")
          .isFalse();
    }
    call.failAttempt(problem(FailureCause.OVERLOADED));
    assertThat(next.mayReplaceResponse(beside)).as("it is the last one").isFalse();
    assertThat(next.mayReplaceFiltered(beside)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(FailureKind.class)
  void aKindThatIsLeftOutLeadsToNoOtherCandidate(FailureKind kind) {
    Set<FailureKind> others = new HashSet<>(Set.of(FailureKind.values()));
    others.remove(kind);
    Failover failover = new Failover(others, Set.of(), List.of(), List.of());
    for (FailureCause cause : FailureCause.values()) {
      ProviderProblem problem = ProviderProblem.of("p", cause, 404).build();
      Call call = call(failover, SMALL, LARGE);
      boolean ofKind = FailureKind.of(problem).filter(kind::equals).isPresent();
      boolean follows = next.follow(call, problem);
      if (ofKind) {
        assertThat(follows).as("%s", cause).isFalse();
        assertThat(call.plan().candidates())
            .as("what may pass can be tried again at the same candidate: %s", cause)
            .isEqualTo(cause.retryable() ? List.of(SMALL) : List.of(SMALL, LARGE));
      } else {
        assertThat(follows)
            .as("%s", cause)
            .isEqualTo(cause.isFailure() && cause != FailureCause.TOO_LARGE);
      }
    }
  }

  @Test
  void aStatusLeadsOnWhateverItsKind() {
    Failover failover = new Failover(Set.of(), Set.of(400, 503), List.of(), List.of());
    assertThat(follows(failover, FailureCause.REFUSED, 400)).isTrue();
    assertThat(follows(failover, FailureCause.OVERLOADED, 503)).isTrue();
    assertThat(follows(failover, FailureCause.OVERLOADED, 500)).isFalse();
    assertThat(follows(failover, FailureCause.REFUSED, 422)).isFalse();
  }

  @Test
  void whatWasNotSentAlwaysLeadsOn() {
    Failover nothing = new Failover(Set.of(), Set.of(), List.of(), List.of());
    assertThat(follows(nothing, FailureCause.BREAKER_OPEN, 0)).isTrue();
    assertThat(follows(nothing, FailureCause.LIMITED, 0)).isTrue();
  }

  @Test
  void anAliasSaysHowOftenToTry() {
    Call call = call(Failover.DEFAULT, SMALL, LARGE);
    assertThat(next.maxAttempts(call)).isEqualTo(3);
    AttemptRules patient =
        new AttemptRules(
            DeadlineOverrides.NONE, Failover.DEFAULT, OptionalInt.of(5), Map.of(), HedgeRules.OFF);
    call.setPlan(new Plan("fast", List.of(SMALL), "test", patient));
    assertThat(next.maxAttempts(call)).isEqualTo(5);
    call.describe(new CallBounds(Optional.empty(), 1), RoutingCriteria.NONE);
    assertThat(next.maxAttempts(call)).as("a client grants less, never more").isEqualTo(1);
  }

  @Test
  void candidatesAreTriedOnceEach() {
    Failover failover =
        new Failover(Failover.DEFAULT.kinds(), Set.of(), List.of(LARGE, OTHER), List.of());
    Call call = call(failover, SMALL, LARGE);
    next.follow(call, problem(FailureCause.CONTEXT_WINDOW));
    call.beginAttempt(LARGE);
    next.follow(call, problem(FailureCause.CONTEXT_WINDOW));
    assertThat(call.plan().candidates()).containsExactly(SMALL, LARGE, OTHER);
    call.beginAttempt(OTHER);
    assertThat(next.follow(call, problem(FailureCause.CONTEXT_WINDOW))).isFalse();
  }

  private boolean follows(Failover failover, FailureCause cause, int status) {
    Call call = call(failover, SMALL, LARGE);
    call.current().recordProviderReply(status, Headers.NONE);
    return next.follow(call, ProviderProblem.of("p", cause, 502).build());
  }

  private static Call call(Failover failover, Candidate... candidates) {
    Call call = Calls.of(new CallFixtures().exchangeFor("m"));
    call.setPlan(
        new Plan(
            "fast",
            List.of(candidates),
            "test",
            new AttemptRules(DeadlineOverrides.NONE, failover)));
    call.beginAttempt(candidates[0]);
    return call;
  }

  private static ProviderProblem problem(FailureCause cause) {
    return ProviderProblem.of("p", cause, 400).build();
  }
}

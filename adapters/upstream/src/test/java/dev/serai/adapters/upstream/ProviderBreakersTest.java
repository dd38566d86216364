package dev.serai.adapters.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.limit.Hold;
import dev.serai.core.net.BreakerLimits;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.provider.UpstreamState.BreakerState;
import dev.serai.core.routing.Candidate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProviderBreakersTest {
  private static final BreakerLimits LIMITS =
      new BreakerLimits(10, 4, 50, Duration.ofSeconds(10), 1, Duration.ofSeconds(1));

  private final AtomicLong time = new AtomicLong(1);
  private final StoppedBreakers stopped = new StoppedBreakers();
  private ProviderBreakers breakers = new ProviderBreakers("x", LIMITS, time::get, stopped);

  private void pass(Duration duration) {
    time.addAndGet(duration.toNanos());
  }

  private Hold admitted(String model) {
    return breakers.admit(model, false).orElseThrow();
  }

  private boolean admits(String model, boolean early) {
    Optional<Hold> permit = breakers.admit(model, early);
    permit.ifPresent(Hold::release);
    return permit.isPresent();
  }

  private void fail(String model, FailureCause cause) {
    for (int i = 0; i < LIMITS.minimumCalls(); i++) {
      admitted(model).settle(Optional.of(problem(cause)));
    }
  }

  private static ProviderProblem problem(FailureCause cause) {
    return ProviderProblem.of("x", cause, 502).build();
  }

  private ProviderProblem refusal(String model) {
    return (ProviderProblem) breakers.refusal(model);
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureCause.class,
      names = {"OVERLOADED", "TIMEOUT", "INCOMPLETE", "MALFORMED"})
  void aModelThatFailsDoesNotStopTheOthers(FailureCause cause) {
    fail("bad", cause);
    assertThat(admits("bad", false)).isFalse();
    assertThat(admits("good", false)).isTrue();
    assertThat(breakers.modelStates()).isEqualTo(Map.of("bad", BreakerState.OPEN));
    assertThat(breakers.own().state()).isEqualTo(BreakerState.CLOSED);
    assertThat(refusal("bad").message())
        .isEqualTo("The model 'bad' is failing at the provider 'x'; its circuit breaker is open.");
    assertThat(refusal("bad").retryAfter()).contains(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureCause.class,
      names = {"UNREACHABLE", "NO_RESPONSE", "NOT_RECEIVED", "CONNECT_TIMEOUT"})
  void aProviderThatCannotBeReachedIsClosedToAllModels(FailureCause cause) {
    fail("one", cause);
    assertThat(admits("one", false)).isFalse();
    assertThat(admits("two", false)).isFalse();
    assertThat(breakers.modelStates()).isEmpty();
    assertThat(refusal("two").message())
        .isEqualTo("The provider 'x' is failing; its circuit breaker is open.");
  }

  @Test
  void failuresOfSeveralModelsDoNotAddUp() {
    for (int model = 0; model < 20; model++) {
      for (int i = 0; i < LIMITS.minimumCalls() - 1; i++) {
        admitted("m" + model).settle(Optional.of(problem(FailureCause.OVERLOADED)));
      }
    }
    assertThat(breakers.modelStates()).isEmpty();
    assertThat(admits("m0", false)).isTrue();
  }

  @Test
  void aModelThatAnswersAgainClosesItsBreaker() {
    fail("m", FailureCause.OVERLOADED);
    pass(LIMITS.openTime());
    Hold probe = admitted("m");
    assertThat(admits("m", false)).isFalse();
    probe.settle(Optional.empty());
    assertThat(breakers.modelStates()).isEmpty();
  }

  @Test
  void aProbeThatFailsAtTheModelShowsThatTheProviderIsReached() {
    fail("m", FailureCause.UNREACHABLE);
    pass(LIMITS.openTime());
    admitted("m").settle(Optional.of(problem(FailureCause.OVERLOADED)));
    assertThat(breakers.own().state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void aRefusedModelDoesNotUseUpTheProbeOfItsProvider() {
    fail("bad", FailureCause.OVERLOADED);
    pass(Duration.ofSeconds(9));
    fail("good", FailureCause.UNREACHABLE);
    pass(Duration.ofMillis(500));
    assertThat(admits("bad", false)).isFalse();
    pass(LIMITS.openTime());
    assertThat(admits("good", false)).isTrue();
  }

  @Test
  void aModelThatIsRefusedWhileItsProviderIsProbedIsNamed() {
    List<Hold> slow = new ArrayList<>();
    for (int i = 0; i < LIMITS.minimumCalls(); i++) {
      slow.add(admitted("m"));
    }
    fail("other", FailureCause.UNREACHABLE);
    pass(Duration.ofSeconds(5));
    slow.forEach(call -> call.settle(Optional.of(problem(FailureCause.OVERLOADED))));
    pass(Duration.ofSeconds(5));
    assertThat(admits("m", false)).isFalse();
    assertThat(breakers.own().state()).isEqualTo(BreakerState.HALF_OPEN);
    assertThat(refusal("m").message()).startsWith("The model 'm' is failing");
    assertThat(refusal("m").retryAfter()).contains(Duration.ofSeconds(5));
  }

  @Test
  void aProbeOfTheSharedBreakerEndsThereAlsoIfThereIsRoomForItsModelMeanwhile() {
    for (int i = 0; i < 1_000; i++) {
      admitted("failing-" + i).settle(Optional.of(problem(FailureCause.OVERLOADED)));
    }
    fail("more", FailureCause.OVERLOADED);
    pass(LIMITS.openTime());
    Hold probe = admitted("more");
    assertThat(admits("another", false)).isFalse();
    for (int i = 0; i < LIMITS.window(); i++) {
      admitted("failing-1").settle(Optional.empty());
    }
    assertThat(admits("a new one in its place", false)).isTrue();
    probe.release();
    admitted("one in that place").settle(Optional.of(problem(FailureCause.OVERLOADED)));
    assertThat(admits("another", false)).isTrue();
  }

  @Test
  void aCallWithoutAnotherCandidateProbesEarlyAndOneAtATime() {
    fail("m", FailureCause.OVERLOADED);
    assertThat(refusal("m").probeable()).isFalse();
    assertThat(admits("m", true)).isFalse();
    pass(LIMITS.earlyProbe());
    assertThat(refusal("m").probeable()).isTrue();
    assertThat(admits("m", false)).isFalse();
    Optional<Hold> probe = breakers.admit("m", true);
    assertThat(probe).isPresent();
    assertThat(refusal("m").probeable()).isFalse();
    assertThat(admits("m", true)).isFalse();
    probe.orElseThrow().settle(Optional.of(problem(FailureCause.OVERLOADED)));
    assertThat(admits("m", true)).isFalse();
    pass(LIMITS.earlyProbe());
    breakers.admit("m", true).orElseThrow().settle(Optional.empty());
    assertThat(admits("m", false)).isTrue();
  }

  @Test
  void aPlanKnowsWhatABreakerStopsFromItsOpeningUntilItLetsAProbeThrough() {
    Candidate model = new Candidate("x", "m");
    assertThat(stopped.stop(model)).isFalse();
    fail("m", FailureCause.OVERLOADED);
    assertThat(stopped.stop(model)).isTrue();
    assertThat(stopped.stop(new Candidate("x", "other"))).isFalse();
    pass(Duration.ofSeconds(10));
    assertThat(stopped.stop(model)).isFalse();
    Hold probe = admitted("m");
    assertThat(stopped.stop(model)).as("while its only probe runs").isTrue();
    probe.settle(Optional.empty());
    assertThat(stopped.stop(model)).isFalse();
    fail("m", FailureCause.OVERLOADED);
    assertThat(stopped.stop(model)).as("opened again").isTrue();
  }

  @Test
  void aPlanKnowsThatTheBreakerOfAProviderStopsAllItsModels() {
    fail("m", FailureCause.UNREACHABLE);
    assertThat(stopped.stop(new Candidate("x", "other"))).isTrue();
    assertThat(stopped.stop(new Candidate("y", "m"))).isFalse();
  }

  @Test
  void earlyProbesCanBeSwitchedOff() {
    breakers =
        new ProviderBreakers(
            "x",
            new BreakerLimits(10, 4, 50, Duration.ofSeconds(10), 1, Duration.ZERO),
            time::get,
            stopped);
    fail("m", FailureCause.OVERLOADED);
    pass(Duration.ofSeconds(9));
    assertThat(refusal("m").probeable()).isFalse();
    assertThat(admits("m", true)).isFalse();
  }

  @Test
  void namesOfModelsFromClientsTakeBoundedMemory() {
    fail("bad", FailureCause.OVERLOADED);
    for (int i = 0; i < 5_000; i++) {
      admitted("invented-" + i).settle(Optional.empty());
    }
    assertThat(breakers.models()).isLessThanOrEqualTo(1_000);
    assertThat(admits("bad", false)).isFalse();
  }

  @Test
  void modelsBeyondTheBoundShareABreaker() {
    for (int i = 0; i < 1_000; i++) {
      admitted("failing-" + i).settle(Optional.of(problem(FailureCause.OVERLOADED)));
    }
    fail("one more", FailureCause.OVERLOADED);
    assertThat(admits("another", false)).isFalse();
    assertThat(admits("failing-1", false)).isTrue();
    assertThat(breakers.models()).isEqualTo(1_000);
  }
}

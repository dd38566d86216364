package dev.serai.processors.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Plan;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EarlyProbeTest {
  private final Call call = Calls.of(new CallFixtures().exchangeFor("m"));

  EarlyProbeTest() {
    call.setPlan(
        new Plan(
            "fast", List.of(new Candidate("a", "m"), new Candidate("b", "m")), "two candidates"));
  }

  private void failed(String provider, FailureCause cause, boolean probeable, int seconds) {
    call.beginAttempt(new Candidate(provider, "m"));
    call.failAttempt(
        ProviderProblem.of(provider, cause, 503)
            .retryAfter(Optional.of(Duration.ofSeconds(seconds)))
            .probeable(probeable)
            .build());
  }

  @Test
  void theCandidateWhoseBreakerOpensUpFirstIsProbed() {
    failed("a", FailureCause.BREAKER_OPEN, true, 9);
    failed("b", FailureCause.BREAKER_OPEN, true, 3);
    assertThat(EarlyProbe.of(call)).contains(new Candidate("b", "m"));
  }

  @Test
  void onlyOneThatTakesAProbe() {
    failed("a", FailureCause.BREAKER_OPEN, true, 9);
    failed("b", FailureCause.BREAKER_OPEN, false, 3);
    assertThat(EarlyProbe.of(call)).contains(new Candidate("a", "m"));
  }

  @Test
  void nothingIsProbedWhileACandidateIsLeft() {
    failed("a", FailureCause.BREAKER_OPEN, true, 9);
    assertThat(EarlyProbe.of(call)).isEmpty();
  }

  @Test
  void nothingIsProbedIfACandidateWasCalled() {
    failed("a", FailureCause.OVERLOADED, false, 1);
    failed("b", FailureCause.BREAKER_OPEN, true, 3);
    assertThat(EarlyProbe.of(call)).isEmpty();
  }

  @Test
  void aCallProbesOnce() {
    failed("a", FailureCause.BREAKER_OPEN, true, 9);
    failed("b", FailureCause.BREAKER_OPEN, true, 3);
    failed("b", FailureCause.BREAKER_OPEN, true, 3);
    assertThat(EarlyProbe.of(call)).isEmpty();
  }
}

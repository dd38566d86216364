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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryWaitsTest {
  private static final Candidate ONLY = new Candidate("p0", "m");

  private final RetryWaits waits = new RetryWaits(Duration.ofMillis(100), () -> 0);

  @Test
  void waitsDoubleUpToTheirLimit() {
    Call call = Calls.of(new CallFixtures().exchangeFor("m"));
    call.setPlan(new Plan("fast", List.of(ONLY), "test"));
    call.beginAttempt(ONLY);
    call.failAttempt(ProviderProblem.of("p0", FailureCause.OVERLOADED, 502).build());
    assertThat(waits.next(call).delay()).isEqualTo(Duration.ofMillis(100));
    call.beginAttempt(ONLY);
    assertThat(waits.next(call).delay()).isEqualTo(Duration.ofMillis(200));
    for (int i = 0; i < 70; i++) {
      call.beginAttempt(ONLY);
    }
    assertThat(waits.next(call).delay()).isEqualTo(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureCause.class,
      names = {"NO_RESPONSE", "INCOMPLETE", "MALFORMED"})
  void aCandidateThatLostTheRequestIsNotTheOneThatIsTriedAgain(FailureCause cause) {
    Candidate other = new Candidate("p1", "m");
    Call call = Calls.of(new CallFixtures().exchangeFor("m"));
    call.setPlan(new Plan("fast", List.of(ONLY, other), "test"));
    for (Candidate each : List.of(ONLY, other, other)) {
      call.beginAttempt(each);
      FailureCause failed = each == ONLY ? cause : FailureCause.OVERLOADED;
      call.failAttempt(ProviderProblem.of(each.provider(), failed, 502).build());
    }
    assertThat(waits.next(call).candidate()).isEqualTo(other);
  }
}

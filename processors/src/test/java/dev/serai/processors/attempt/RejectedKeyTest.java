package dev.serai.processors.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Attempt;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import org.junit.jupiter.api.Test;

class RejectedKeyTest {
  private final Attempt attempt =
      Calls.of(new CallFixtures().exchangeFor("m")).beginAttempt(new Candidate("ws", "m"));

  private static GatewayProblem problem(FailureCause cause) {
    return ProviderProblem.of("ws", cause, 502).message("as the provider says").build();
  }

  @Test
  void aProviderThatWantsAKeyAndHasNoneIsNamed() {
    assertThat(RejectedKey.named(problem(FailureCause.CREDENTIALS), attempt).message())
        .isEqualTo("The provider 'ws' refused the request: no key is set for it.");
  }

  @Test
  void aSignedRequestHasNoKeyThatCouldBeMissing() {
    attempt.recordSigned(() -> false);

    assertThat(RejectedKey.named(problem(FailureCause.CREDENTIALS), attempt).message())
        .isEqualTo("as the provider says");
  }

  @Test
  void anotherFailureSaysNothingOfKeys() {
    assertThat(RejectedKey.named(problem(FailureCause.REFUSED), attempt).message())
        .isEqualTo("as the provider says");
  }
}

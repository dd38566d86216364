package dev.serai.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.problem.FailureCause;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Decision;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PastCallsTest {
  private final PastCalls past = new PastCalls(Map.of());

  private void failed(FailureCause cause) {
    past.add(
        new PastCalls.Row(
            "req-1",
            1,
            new PastCalls.Asked("fast", "acme", 0),
            new Candidate("openai", "m"),
            new PastCalls.Ended("failed", "some_code", cause.label(), OptionalDouble.empty(), 5),
            Optional.of(
                new PastCalls.Choice(
                    Decision.Source.SETTINGS.label(), OptionalDouble.of(1), Optional.empty()))));
  }

  @ParameterizedTest
  @EnumSource
  void aFailureCountsIfABanditLearnsItAndNeverOtherwise(FailureCause cause) {
    failed(cause);
    assertThat(past.calls()).hasSize(cause.isFault() ? 1 : 0);
  }
}

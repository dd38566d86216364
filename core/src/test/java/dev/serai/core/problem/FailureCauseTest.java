package dev.serai.core.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.routing.FailureKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureCauseTest {
  private static EnumSet<FailureCause> all(Predicate<FailureCause> predicate) {
    EnumSet<FailureCause> found = EnumSet.noneOf(FailureCause.class);
    Arrays.stream(FailureCause.values()).filter(predicate).forEach(found::add);
    return found;
  }

  @Test
  void onlyAnAttemptThatWasOvertakenOrNotChosenHasNotFailed() {
    assertThat(all(cause -> !cause.isFailure()))
        .containsExactly(FailureCause.OVERTAKEN, FailureCause.NOT_CHOSEN);
    ProviderProblem overtaken = ProviderProblem.of("a", FailureCause.OVERTAKEN, 504).build();
    assertThat(FailureKind.of(overtaken)).isEmpty();
    assertThat(FailureKind.ofLogged("overtaken")).isEmpty();
  }

  @Test
  void theCandidateDidNotCauseWhatTheGatewayEndsOrTheRequestCauses() {
    assertThat(all(cause -> !cause.isFault()))
        .containsExactly(
            FailureCause.OUT_OF_TIME,
            FailureCause.LATE,
            FailureCause.OVERTAKEN,
            FailureCause.NOT_CHOSEN,
            FailureCause.REFUSED,
            FailureCause.CONTEXT_WINDOW,
            FailureCause.CONTENT_FILTER,
            FailureCause.BREAKER_OPEN,
            FailureCause.POOL_EXHAUSTED,
            FailureCause.KEYS_UNAVAILABLE,
            FailureCause.LIMITED);
  }

  @Test
  void theProviderDidNotCauseThatAModelIsNotAllowedOrRespondsBadly() {
    assertThat(all(cause -> cause.isFault() && !cause.isFaultOfProvider()))
        .containsExactly(FailureCause.UNSATISFACTORY, FailureCause.FORBIDDEN);
  }

  @ParameterizedTest
  @EnumSource
  void aCircuitBreakerCountsOnlyFaultsOfProviders(FailureCause cause) {
    assertThat(cause.countedByBreaker() && !cause.isFaultOfProvider()).isFalse();
    assertThat(cause.isFaultOfProvider() && !cause.isFault()).isFalse();
    assertThat(cause.ofProvider() && !cause.countedByBreaker()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405, 501})
  void anotherProviderMayOfferWhatOneLacks(int status) {
    ProviderProblem lacking = ProviderProblem.of("a", FailureCause.REFUSED, status).build();
    assertThat(FailureKind.of(lacking)).contains(FailureKind.NOT_FOUND);
    ProviderProblem wrong = ProviderProblem.of("a", FailureCause.REFUSED, 400).build();
    assertThat(FailureKind.of(wrong)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aLabelLeadsToItsCause(FailureCause cause) {
    assertThat(FailureCause.ofLabel(cause.label())).contains(cause);
  }
}

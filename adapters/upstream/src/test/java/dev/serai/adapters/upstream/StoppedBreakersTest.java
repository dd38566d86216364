package dev.serai.adapters.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.net.BreakerLimits;
import dev.serai.core.routing.Candidate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What plans know of open breakers when there are many. */
class StoppedBreakersTest {
  private static final BreakerLimits LIMITS =
      new BreakerLimits(10, 1, 50, Duration.ofSeconds(10), 1, Duration.ofSeconds(1));

  private final StoppedBreakers stopped = new StoppedBreakers();
  private long time = 1;
  private int checks;

  private long nanos() {
    checks++;
    return time;
  }

  private static Candidate model(int number) {
    return new Candidate("x", "m" + number);
  }

  private CircuitBreaker open(int number) {
    CircuitBreaker breaker = new CircuitBreaker(LIMITS, this::nanos);
    open(number, breaker);
    return breaker;
  }

  private void open(int number, CircuitBreaker breaker) {
    assertThat(breaker.failed(breaker.admit())).isTrue();
    stopped.opened(model(number), breaker);
  }

  private void fill() {
    for (int i = 0; i < StoppedBreakers.MAX_MODELS; i++) {
      open(i);
    }
  }

  @Test
  void modelsThatAreNotCalledAgainGiveTheirPlacesToOthers() {
    fill();
    time += LIMITS.openTime().toNanos();
    for (int i = 0; i < StoppedBreakers.MAX_MODELS; i++) {
      int number = StoppedBreakers.MAX_MODELS + i;
      open(number);
      assertThat(stopped.stop(model(number))).isTrue();
    }
  }

  @Test
  void manyOpenBreakersKeepTheirPlacesAndAreNotAllChecked() {
    fill();
    checks = 0;
    open(StoppedBreakers.MAX_MODELS);
    assertThat(checks).isLessThanOrEqualTo(StoppedBreakers.CHECKED + 2);
    assertThat(stopped.stop(model(StoppedBreakers.MAX_MODELS))).isFalse();
    for (int i = 0; i < StoppedBreakers.MAX_MODELS; i++) {
      assertThat(stopped.stop(model(i))).isTrue();
    }
  }

  @Test
  void aBreakerThatOpensAgainWhileAllPlacesAreTakenIsKnown() {
    fill();
    CircuitBreaker other = open(0);
    assertThat(stopped.stop(model(0))).isTrue();
    time += LIMITS.openTime().toNanos();
    assertThat(stopped.stop(model(0))).isFalse();
    open(0, other);
    assertThat(stopped.stop(model(0))).isTrue();
  }

  @Test
  void aBreakerThatClosesAndOpensAgainIsKnownEachTime() {
    CircuitBreaker breaker = open(0);
    for (int i = 0; i < 100; i++) {
      time += LIMITS.openTime().toNanos();
      breaker.succeeded(breaker.admit());
      assertThat(stopped.stop(model(0))).isFalse();
      open(0, breaker);
      assertThat(stopped.stop(model(0))).isTrue();
    }
  }
}

package dev.serai.adapters.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.Reply;
import dev.serai.core.net.BreakerLimits;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.provider.UpstreamState.BreakerState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.AsyncProducer;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  private static final BreakerLimits LIMITS =
      new BreakerLimits(10, 4, 50, Duration.ofSeconds(10), 2, Duration.ZERO);

  private final AtomicLong time = new AtomicLong(1);
  private final CircuitBreaker breaker = new CircuitBreaker(LIMITS, time::get);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      breaker.failed(breaker.admit());
    }
  }

  private void pass(Duration duration) {
    time.addAndGet(duration.toNanos());
  }

  @Test
  void itOpensAtTheFailureRateButNotBeforeEnoughCalls() {
    fail(3);
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    fail(1);
    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    assertThat(breaker.admit()).isEqualTo(CircuitBreaker.REFUSED);
    assertThat(breaker.retryAfter()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void oldCallsLeaveTheWindow() {
    fail(3);
    for (int i = 0; i < 10; i++) {
      breaker.succeeded(breaker.admit());
    }
    fail(4);
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    fail(1);
    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void itClosesWhenEveryProbeSucceeds() {
    fail(4);
    pass(Duration.ofSeconds(10));
    int first = breaker.admit();
    int second = breaker.admit();
    assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
    assertThat(breaker.admit()).isEqualTo(CircuitBreaker.REFUSED);
    breaker.succeeded(first);
    assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
    breaker.succeeded(second);
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void oneFailedProbeOpensItAgain() {
    fail(4);
    pass(Duration.ofSeconds(10));
    breaker.succeeded(breaker.admit());
    breaker.failed(breaker.admit());
    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    pass(Duration.ofSeconds(9));
    assertThat(breaker.admit()).isEqualTo(CircuitBreaker.REFUSED);
  }

  @Test
  void aCancelledProbeMakesRoomForAnother() {
    fail(4);
    pass(Duration.ofSeconds(10));
    int first = breaker.admit();
    breaker.admit();
    breaker.released(first);
    assertThat(breaker.admit()).isNotEqualTo(CircuitBreaker.REFUSED);
  }

  @Test
  void aLateOutcomeOfAnEarlierEpochIsNotAProbe() {
    int slow = breaker.admit();
    fail(4);
    pass(Duration.ofSeconds(10));
    breaker.admit();
    breaker.failed(slow);
    assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
  }

  @Test
  void theBreakerOpensForADeadProviderAndClosesWhenItWorksAgain() throws Exception {
    AtomicInteger status = new AtomicInteger(500);
    UpstreamLimits settings =
        new UpstreamLimits(
            UpstreamFixture.DEADLINES, UpstreamFixture.POOL, LIMITS, ProxyRules.NONE);
    AtomicLong skipped = new AtomicLong();
    try (var provider =
            new FakeProvider(
                c -> {
                  while (true) {
                    c.read();
                    c.respond(status.get(), "{}");
                  }
                });
        var fixture =
            new UpstreamFixture(
                settings,
                () -> System.nanoTime() + skipped.get(),
                NetworkResources.Overrides.NONE)) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      for (int i = 0; i < 4; i++) {
        assertThat(fixture.ask(producer).status()).isEqualTo(500);
      }
      ProviderProblem problem =
          UpstreamFixture.problem(fixture.send(producer, UpstreamFixture.request(false)));
      assertThat(problem.failureCause()).isEqualTo(FailureCause.BREAKER_OPEN);
      assertThat(problem.retryAfter()).isPresent();
      assertThat(fixture.state().modelBreakers()).containsValue(BreakerState.OPEN);
      assertThat(provider.requests).hasSize(4);
      status.set(200);
      skipped.addAndGet(Duration.ofSeconds(10).toNanos());
      fixture.ask(producer);
      assertThat(fixture.state().modelBreakers()).containsValue(BreakerState.HALF_OPEN);
      fixture.ask(producer);
      assertThat(fixture.state().modelBreakers()).isEmpty();
    }
  }

  @Test
  void rateLimitsAndClientErrorsDoNotOpenIt() throws Exception {
    AtomicInteger status = new AtomicInteger(429);
    UpstreamLimits settings =
        new UpstreamLimits(
            UpstreamFixture.DEADLINES, UpstreamFixture.POOL, LIMITS, ProxyRules.NONE);
    try (var provider =
            new FakeProvider(
                c -> {
                  while (true) {
                    c.read();
                    c.respond(status.get(), "{}");
                  }
                });
        var fixture = new UpstreamFixture(settings)) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      for (int i = 0; i < 20; i++) {
        status.set(List.of(429, 400, 501).get(i % 3));
        fixture.ask(producer);
      }
      assertThat(fixture.state().breaker()).isEqualTo(BreakerState.CLOSED);
      assertThat(fixture.state().modelBreakers()).isEmpty();
    }
  }

  @Test
  void streamsThatBreakBeforeTheirFirstTokenOpenIt() throws Exception {
    UpstreamLimits settings =
        new UpstreamLimits(
            UpstreamFixture.DEADLINES, UpstreamFixture.POOL, LIMITS, ProxyRules.NONE);
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  c.streamHead();
                });
        var fixture = new UpstreamFixture(settings)) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      for (int i = 0; i < 4; i++) {
        Reply reply = UpstreamFixture.await(fixture.send(producer, UpstreamFixture.request(true)));
        UpstreamFixture.await(
            new StreamRecorder(((Reply.Streaming) reply).stream()).open().failure);
      }
      Eventually.soon(() -> fixture.state().modelBreakers().containsValue(BreakerState.OPEN));
    }
  }
}

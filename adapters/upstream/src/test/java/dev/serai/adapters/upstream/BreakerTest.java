package dev.serai.adapters.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.upstream.UpstreamState.BreakerState;
import dev.serai.core.http.Reply;
import dev.serai.core.net.BreakerLimits;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.problem.ProviderProblem.Fault;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.AsyncProducer;
import org.junit.jupiter.api.Test;

class BreakerTest {
  private static final BreakerLimits LIMITS =
      new BreakerLimits(10, 4, 50, Duration.ofSeconds(10), 2);

  private final AtomicLong time = new AtomicLong(1);
  private final Breaker breaker = new Breaker(LIMITS, time::get);

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
    assertThat(breaker.admit()).isEqualTo(Breaker.REFUSED);
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
    assertThat(breaker.admit()).isEqualTo(Breaker.REFUSED);
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
    assertThat(breaker.admit()).isEqualTo(Breaker.REFUSED);
  }

  @Test
  void aProbeThatIsGivenUpMakesRoomForAnother() {
    fail(4);
    pass(Duration.ofSeconds(10));
    int first = breaker.admit();
    breaker.admit();
    breaker.released(first);
    assertThat(breaker.admit()).isNotEqualTo(Breaker.REFUSED);
  }

  @Test
  void aLateVerdictFromBeforeIsNoProbe() {
    int slow = breaker.admit();
    fail(4);
    pass(Duration.ofSeconds(10));
    breaker.admit();
    breaker.failed(slow);
    assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
  }

  @Test
  void aDeadProviderIsLeftAloneAndComesBack() throws Exception {
    AtomicInteger status = new AtomicInteger(500);
    UpstreamSettings settings =
        new UpstreamSettings(Rig.DEADLINES, Rig.POOL, LIMITS, ProxySettings.NONE);
    AtomicLong skipped = new AtomicLong();
    try (var provider =
            new FakeProvider(
                c -> {
                  while (true) {
                    c.read();
                    c.answer(status.get(), "{}");
                  }
                });
        var rig =
            new Rig(settings, () -> System.nanoTime() + skipped.get(), Network.Surroundings.OURS)) {
      AsyncProducer producer = rig.provider("x", provider.baseUrl());
      for (int i = 0; i < 4; i++) {
        assertThat(rig.ask(producer).status()).isEqualTo(500);
      }
      ProviderProblem problem = Rig.problem(rig.send(producer, Rig.request(false)));
      assertThat(problem.fault()).isEqualTo(Fault.BREAKER_OPEN);
      assertThat(problem.retryAfter()).isPresent();
      assertThat(rig.state().breaker()).isEqualTo(BreakerState.OPEN);
      assertThat(provider.requests).hasSize(4);
      status.set(200);
      skipped.addAndGet(Duration.ofSeconds(10).toNanos());
      rig.ask(producer);
      assertThat(rig.state().breaker()).isEqualTo(BreakerState.HALF_OPEN);
      rig.ask(producer);
      assertThat(rig.state().breaker()).isEqualTo(BreakerState.CLOSED);
    }
  }

  @Test
  void limitsAndRefusalsOfTheProviderAreNoSignOfIllness() throws Exception {
    AtomicInteger status = new AtomicInteger(429);
    UpstreamSettings settings =
        new UpstreamSettings(Rig.DEADLINES, Rig.POOL, LIMITS, ProxySettings.NONE);
    try (var provider =
            new FakeProvider(
                c -> {
                  while (true) {
                    c.read();
                    c.answer(status.get(), "{}");
                  }
                });
        var rig = new Rig(settings)) {
      AsyncProducer producer = rig.provider("x", provider.baseUrl());
      for (int i = 0; i < 20; i++) {
        status.set(i % 2 == 0 ? 429 : 400);
        rig.ask(producer);
      }
      assertThat(rig.state().breaker()).isEqualTo(BreakerState.CLOSED);
    }
  }

  @Test
  void streamsThatBreakBeforeTheirFirstTokenOpenIt() throws Exception {
    UpstreamSettings settings =
        new UpstreamSettings(Rig.DEADLINES, Rig.POOL, LIMITS, ProxySettings.NONE);
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  c.streamHead();
                });
        var rig = new Rig(settings)) {
      AsyncProducer producer = rig.provider("x", provider.baseUrl());
      for (int i = 0; i < 4; i++) {
        Reply reply = Rig.await(rig.send(producer, Rig.request(true)));
        Rig.await(new Pieces(((Reply.Streaming) reply).stream()).open().failure);
      }
      Until.soon(() -> rig.state().breaker() == BreakerState.OPEN);
    }
  }
}

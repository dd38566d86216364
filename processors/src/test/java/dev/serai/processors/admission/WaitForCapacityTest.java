package dev.serai.processors.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.limit.FairnessSettings;
import dev.serai.config.limit.TenantFairness;
import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.caller.Caller;
import dev.serai.core.fair.FairScheduler;
import dev.serai.core.fair.rules.Qos;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.core.time.Ticker;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WaitForCapacityTest {
  private static ScheduledExecutorService loop;
  private static ScheduledExecutorService closed;

  private final AtomicReference<Runnable> disconnect = new AtomicReference<>(() -> {});
  private final EventLoops loops =
      new EventLoops() {
        @Override
        public ScheduledExecutorService of(Exchange exchange) {
          return ended ? closed : loop;
        }

        @Override
        public Runnable onDisconnect(Exchange exchange, Runnable action) {
          disconnect.set(() -> loop.execute(action));
          return () -> disconnect.set(() -> {});
        }
      };

  private FairScheduler scheduler;
  private boolean ended;

  @BeforeAll
  static void start() {
    loop = Executors.newSingleThreadScheduledExecutor();
    closed = Executors.newSingleThreadScheduledExecutor();
    closed.shutdownNow();
  }

  @AfterAll
  static void stop() {
    loop.shutdownNow();
  }

  /** One attempt at once, and one that waits. */
  private WaitForCapacity step(boolean enabled, Duration maxWait) {
    return step(settings(enabled, maxWait, 1, Map.of()));
  }

  private WaitForCapacity step(FairnessSettings settings) {
    scheduler = new FairScheduler(settings.rules(), Ticker.SYSTEM, _ -> {});
    return new WaitForCapacity(settings, scheduler, loops, Ticker.SYSTEM);
  }

  /** A queue of two is congested once one waits. */
  private static FairnessSettings settings(
      boolean enabled, Duration maxWait, int maxWaiting, Map<String, Qos> keys) {
    Map<String, TenantFairness> tenants = Map.of("rich", new TenantFairness(1, Qos.GOLD));
    return new FairnessSettings(
        enabled, 1, 1, 1, 0, maxWaiting, maxWaiting, 50, maxWait, Duration.ZERO, tenants, keys);
  }

  /** An exchange, and what the step made of it. */
  private record Running(Exchange exchange, CompletableFuture<Boolean> done) {
    Call call() {
      return Calls.of(exchange);
    }

    GatewayProblem problem() {
      done.orTimeout(60, TimeUnit.SECONDS).join();
      return exchange.getException(GatewayProblem.class);
    }

    void answered() {
      call().recordToken();
      call().end(Outcome.ANSWERED, Optional.empty());
    }
  }

  private static Running run(WaitForCapacity step) {
    return run(step, "", Caller.ANONYMOUS);
  }

  private static Running run(WaitForCapacity step, String qos, Caller caller) {
    Exchange exchange = new CallFixtures().exchangeFor("m");
    Call call = Calls.of(exchange);
    HeaderFields headers = new HeaderFields();
    call.setClientHeaders(qos.isEmpty() ? headers : headers.add("x-serai-qos", qos));
    call.setCaller(caller);
    call.beginAttempt(new Candidate("p", "m"));
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    step.process(exchange, done::complete);
    return new Running(exchange, done);
  }

  @Test
  void nothingWaitsUnlessFairnessIsEnabled() {
    WaitForCapacity off = step(false, Duration.ofSeconds(60));
    for (int i = 0; i < 5; i++) {
      assertThat(run(off).problem()).isNull();
    }
    assertThat(scheduler.inFlight()).isZero();
  }

  @Test
  void anAttemptWaitsUntilAnotherHasEnded() {
    WaitForCapacity step = step(true, Duration.ofSeconds(60));
    Running first = run(step);
    Running second = run(step);
    assertThat(first.done()).isCompleted();
    assertThat(second.done()).isNotDone();
    first.answered();
    assertThat(second.problem()).isNull();
    second.answered();
    second.call().end(Outcome.FAILED, Optional.empty());
    assertThat(scheduler.inFlight()).isZero();
  }

  @Test
  void theLatencyOfTheProviderCountsFromTheEndOfTheWait() {
    WaitForCapacity step = step(true, Duration.ofSeconds(60));
    Running first = run(step);
    Running second = run(step);
    Attempt sent = first.call().current();
    assertThat(sent.readyNanos()).isEqualTo(sent.startNanos());
    first.answered();
    assertThat(second.problem()).isNull();
    Attempt waited = second.call().current();
    assertThat(waited.readyNanos()).isGreaterThan(waited.startNanos());
  }

  @Test
  void aFullQueueRefusesWith503AndSaysWhenToRetry() {
    WaitForCapacity step = step(true, Duration.ofSeconds(60));
    run(step);
    run(step);
    GatewayProblem busy = run(step).problem();
    assertThat(busy.status()).isEqualTo(503);
    assertThat(busy.code()).isEqualTo("busy");
    assertThat(busy.retryAfter()).contains(Duration.ofSeconds(1));
    assertThat(((ProviderProblem) busy).failureCause()).isEqualTo(FailureCause.LIMITED);
  }

  @Test
  void anAttemptThatWaitsForTooLongFails() {
    WaitForCapacity step = step(true, Duration.ofMillis(1));
    run(step);
    assertThat(run(step).problem().code()).isEqualTo("queue_timeout");
    assertThat(scheduler.counts().waiting()).isZero();
  }

  @Test
  void aClientThatDisconnectsLeavesTheQueue() throws Exception {
    WaitForCapacity step = step(true, Duration.ofSeconds(60));
    final Running first = run(step);
    Running gone = run(step);
    loop.submit(() -> {}).get(60, TimeUnit.SECONDS); // it listens now
    disconnect.get().run();
    GatewayProblem problem = gone.problem();
    assertThat(problem.status()).isEqualTo(499);
    gone.call().failAttempt(problem);
    assertThat(scheduler.counts().waiting()).isZero();
    first.answered();
    assertThat(scheduler.inFlight()).isZero();
  }

  @Test
  void aFailedAttemptGivesItsPlaceToTheNextOne() {
    WaitForCapacity step = step(true, Duration.ofSeconds(60));
    Running first = run(step);
    final Running second = run(step);
    first.call().failAttempt(ProviderProblem.of("p", FailureCause.RATE_LIMITED, 429).build());
    assertThat(second.problem()).isNull();
    assertThat(scheduler.inFlight()).isEqualTo(1);
  }

  @Test
  void aCallWhoseEventLoopHasEndedGivesItsPlaceBack() {
    WaitForCapacity step = step(true, Duration.ofSeconds(60));
    Running first = run(step);
    Running second = run(step);
    ended = true;
    first.answered();
    assertThat(second.call().current().problem()).isPresent();
    assertThat(scheduler.inFlight()).isZero();
  }

  @Test
  void aCallerCannotRaiseItselfAboveWhatItsKeyOrTenantAllows() {
    Map<String, Qos> keys = Map.of("intern", Qos.BRONZE);
    WaitForCapacity step = step(settings(true, Duration.ofSeconds(60), 2, keys));
    run(step);
    run(step);
    Caller intern = new Caller("rich", "intern", "", "");
    assertThat(run(step, "gold", intern).problem().message()).contains("class bronze");
    Running boss = run(step, "gold", new Caller("rich", "boss", "", ""));
    assertThat(boss.done()).isNotDone();
  }

  @Test
  void aCallMayLowerItsClass() {
    WaitForCapacity step = step(settings(true, Duration.ofSeconds(60), 2, Map.of()));
    run(step);
    run(step);
    Caller boss = new Caller("rich", "boss", "", "");
    assertThat(run(step, "Bronze", boss).problem().code()).isEqualTo("busy");
  }

  @Test
  void changedSettingsApplyAtOnce() {
    WaitForCapacity step = step(true, Duration.ofSeconds(60));
    run(step);
    run(step);
    step.replace(settings(true, Duration.ofSeconds(60), 2, Map.of("intern", Qos.BRONZE)));
    Caller intern = new Caller("rich", "intern", "", "");
    assertThat(run(step, "", intern).problem().message()).contains("class bronze");
    assertThat(run(step).done()).isNotDone();
    step.replace(settings(false, Duration.ofSeconds(60), 2, Map.of()));
    assertThat(run(step).done()).isCompleted();
  }

  @Test
  void anUnknownClassIsRefused() {
    WaitForCapacity step = step(true, Duration.ofSeconds(60));
    GatewayProblem invalid = run(step, "platinum", Caller.ANONYMOUS).problem();
    assertThat(invalid.status()).isEqualTo(400);
    assertThat(invalid.message()).contains("gold, silver or bronze");
  }
}

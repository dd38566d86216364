package dev.serai.processors.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Plan;
import dev.serai.processors.hedge.CallHedger;
import dev.serai.processors.retry.RetryBudget;
import dev.serai.processors.retry.RetryWaits;
import dev.serai.processors.routing.strategy.CandidateStats;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ChooseCandidateTest {
  private static final ScheduledExecutorService LOOP = Executors.newSingleThreadScheduledExecutor();

  private static final RetryWaits WAITS = new RetryWaits(Duration.ofMillis(1), () -> 0);

  private final ChooseCandidate choose = choosing(_ -> LOOP, new CandidateStats(() -> 0));

  private static ChooseCandidate choosing(EventLoops loops, CandidateStats stats) {
    CallHedger hedger = new CallHedger(loops, stats, () -> 0, new RetryBudget(5), _ -> 3);
    return new ChooseCandidate(loops, stats, hedger, new RetryBudget(100), WAITS);
  }

  @AfterAll
  static void stop() {
    LOOP.close();
  }

  /** The providers that are tried when the attempts fail with these causes. */
  private List<String> tried(int candidates, FailureCause... causes) {
    Exchange exchange = new CallFixtures().exchangeFor("m");
    Call call = Calls.of(exchange);
    List<Candidate> all = new ArrayList<>();
    for (int i = 0; i < candidates; i++) {
      all.add(new Candidate("p" + i, "m"));
    }
    call.setPlan(new Plan("fast", all, "test"));
    List<String> tried = new ArrayList<>();
    for (FailureCause cause : causes) {
      CompletableFuture<Boolean> chosen = new CompletableFuture<>();
      choose.process(exchange, chosen::complete);
      chosen.orTimeout(30, TimeUnit.SECONDS).join();
      tried.add(call.current().candidate().provider());
      call.failAttempt(ProviderProblem.of("x", cause, 502).build());
    }
    return tried;
  }

  @Test
  void candidatesAreTriedInOrderAndAgainFromTheFirst() {
    FailureCause down = FailureCause.OVERLOADED;
    assertThat(tried(3, down, down, down, down, down))
        .containsExactly("p0", "p1", "p2", "p0", "p1");
  }

  @Test
  void aCandidateWhoseReplyWasMalformedIsNotAskedAgain() {
    assertThat(tried(2, FailureCause.MALFORMED, FailureCause.OVERLOADED, FailureCause.OVERLOADED))
        .containsExactly("p0", "p1", "p1");
    assertThat(
            tried(
                3,
                FailureCause.OVERLOADED,
                FailureCause.MALFORMED,
                FailureCause.OVERLOADED,
                FailureCause.OVERLOADED))
        .containsExactly("p0", "p1", "p2", "p0");
  }

  @Test
  void neitherIsOneWithoutAccessOrWithAnOpenBreaker() {
    assertThat(
            tried(
                3,
                FailureCause.CREDENTIALS,
                FailureCause.BREAKER_OPEN,
                FailureCause.TIMEOUT,
                FailureCause.TIMEOUT))
        .containsExactly("p0", "p1", "p2", "p2");
  }

  @Test
  void ifAllBreakersAreOpenTheOneThatOpensSoonestIsProbed() {
    Exchange exchange = new CallFixtures().exchangeFor("m");
    Call call = Calls.of(exchange);
    call.setPlan(
        new Plan(
            "fast",
            List.of(new Candidate("a", "m"), new Candidate("b", "m"), new Candidate("c", "m")),
            "test"));
    open(call, "a", 9, true);
    open(call, "b", 3, true);
    open(call, "c", 1, false);
    choose.process(exchange, _ -> {});
    assertThat(call.current().candidate().provider()).isEqualTo("b");
    assertThat(call.current().probes()).isTrue();
    assertThat(call.attempts().stream().filter(Attempt::probes)).hasSize(1);
  }

  @Test
  void anAttemptIsMeasuredButACountOfTokensIsNot() {
    CandidateStats stats = new CandidateStats(() -> 1);
    ChooseCandidate measuring = choosing(_ -> LOOP, stats);
    Candidate candidate = new Candidate("a", "m");
    List<String> measured = new ArrayList<>();
    for (boolean count : List.of(true, false)) {
      Exchange exchange = new CallFixtures().exchangeFor(new CallFixtures.Request("m", count));
      Calls.of(exchange).setPlan(new Plan("fast", List.of(candidate), "test"));
      measuring.process(exchange, _ -> {});
      JsonWriter json = new JsonWriter();
      stats.write(candidate, json);
      measured.add(new String(json.bytes(), StandardCharsets.UTF_8));
    }
    assertThat(measured).containsExactly("{\"running\":0}", "{\"running\":1}");
  }

  private static void open(Call call, String provider, int seconds, boolean probeable) {
    call.beginAttempt(new Candidate(provider, "m"));
    call.failAttempt(
        ProviderProblem.of(provider, FailureCause.BREAKER_OPEN, 503)
            .retryAfter(Optional.of(Duration.ofSeconds(seconds)))
            .probeable(probeable)
            .build());
  }

  @Test
  void aCandidateIsNotTriedBeforeTheTimeThatItsProviderAskedFor() {
    Exchange exchange = new CallFixtures().exchangeFor("m");
    Call call = Calls.of(exchange);
    call.setPlan(
        new Plan("fast", List.of(new Candidate("a", "m"), new Candidate("b", "m")), "test"));
    fail(call, "a", Optional.of(Duration.ofSeconds(20)));
    fail(call, "b", Optional.empty());
    assertThat(WAITS.next(call))
        .isEqualTo(new RetryWaits.Retry(new Candidate("b", "m"), Duration.ofMillis(1)));
    fail(call, "b", Optional.of(Duration.ofSeconds(30)));
    RetryWaits.Retry next = WAITS.next(call);
    assertThat(next.candidate().provider()).isEqualTo("a");
    assertThat(next.delay()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(20));
  }

  private static void fail(Call call, String provider, Optional<Duration> retryAfter) {
    call.beginAttempt(new Candidate(provider, "m"));
    call.failAttempt(
        ProviderProblem.of(provider, FailureCause.OVERLOADED, 503).retryAfter(retryAfter).build());
  }

  @Test
  void aDelayOfTheGatewaysOwnIsUpToHalfShorterByChance() {
    Exchange exchange = new CallFixtures().exchangeFor("m");
    Call call = Calls.of(exchange);
    call.setPlan(new Plan("fast", List.of(new Candidate("a", "m")), "test"));
    fail(call, "a", Optional.empty());
    RetryWaits waits = new RetryWaits(Duration.ofMillis(100), () -> 0.5);
    assertThat(waits.next(call).delay()).isEqualTo(Duration.ofMillis(75));
  }

  @Test
  void aClientThatDisconnectsDuringTheWaitEndsItAndNothingIsTriedAgain() throws Exception {
    AtomicReference<Runnable> disconnect = new AtomicReference<>();
    CountDownLatch listens = new CountDownLatch(1);
    EventLoops loops =
        new EventLoops() {
          @Override
          public ScheduledExecutorService of(Exchange exchange) {
            return LOOP;
          }

          @Override
          public Runnable onDisconnect(Exchange exchange, Runnable action) {
            disconnect.set(() -> LOOP.execute(action));
            listens.countDown();
            return () -> disconnect.set(() -> {});
          }
        };
    Exchange exchange = new CallFixtures().exchangeFor("m");
    Call call = Calls.of(exchange);
    call.setPlan(new Plan("fast", List.of(new Candidate("a", "m")), "test"));
    fail(call, "a", Optional.of(Duration.ofHours(1)));
    CompletableFuture<Boolean> resumed = new CompletableFuture<>();
    choosing(loops, new CandidateStats(() -> 0)).process(exchange, resumed::complete);
    assertThat(listens.await(30, TimeUnit.SECONDS)).isTrue();
    disconnect.get().run();
    assertThat(resumed.get(30, TimeUnit.SECONDS)).isFalse();
    assertThat(exchange.getException()).isInstanceOf(CallerProblem.class);
    assertThat(call.attempts()).hasSize(1);
  }
}

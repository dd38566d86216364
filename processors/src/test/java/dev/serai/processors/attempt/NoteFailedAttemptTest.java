package dev.serai.processors.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.call.Call;
import dev.serai.core.call.CallBounds;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.http.Headers;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.provider.key.KeyChoice;
import dev.serai.core.provider.key.KeyHealth;
import dev.serai.core.provider.key.KeyRef;
import dev.serai.core.provider.key.ProviderKeys;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Plan;
import dev.serai.core.routing.RoutingCriteria;
import dev.serai.processors.retry.RetryBudget;
import dev.serai.processors.retry.RetryRules;
import dev.serai.processors.retry.RetryWaits;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoteFailedAttemptTest {
  private final CallFixtures fixtures = new CallFixtures();
  private final RetryWaits waits = new RetryWaits(Duration.ofMillis(100), () -> 0);
  private final ProviderKeys keys =
      new ProviderKeys(name -> List.of("a", "b", "c"), fixtures.clock::get);
  private RetryBudget budget = new RetryBudget(20);

  @ParameterizedTest
  @EnumSource(
      value = FailureCause.class,
      names = {"REFUSED", "CONTENT_FILTER", "TOO_LARGE"},
      mode = EnumSource.Mode.EXCLUDE)
  void theNextCandidateIsTriedAfterEveryFaultOfTheFirst(FailureCause cause) {
    Exchange exchange = callWith(2);
    assertThat(goesOn(exchange, problem(cause))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureCause.class,
      names = {"REFUSED", "TOO_LARGE"})
  void aFaultThatAnotherCandidateWouldRepeatFailsTheCall(FailureCause cause) {
    Exchange exchange = callWith(2);
    assertThatThrownBy(() -> fail(exchange, problem(cause))).isInstanceOf(ProviderProblem.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureCause.class,
      names = {
        "REFUSED",
        "CREDENTIALS",
        "FORBIDDEN",
        "MALFORMED",
        "NO_RESPONSE",
        "INCOMPLETE",
        "BREAKER_OPEN",
        "POOL_EXHAUSTED",
        "KEYS_UNAVAILABLE",
        "LIMITED"
      })
  void theSameCandidateIsNotTriedAgainIfThatCannotHelp(FailureCause cause) {
    assertThat(goesOn(callWith(1), problem(cause))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureCause.class,
      names = {"UNREACHABLE", "TIMEOUT", "RATE_LIMITED", "OVERLOADED", "CREDENTIALS_UNAVAILABLE"})
  void theSameCandidateIsTriedAgainIfThatMayHelp(FailureCause cause) {
    assertThat(goesOn(callWith(1), problem(cause))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureCause.class,
      names = {"NO_RESPONSE", "INCOMPLETE"})
  void aRequestThatWasReceivedGoesToAnotherCandidate(FailureCause cause) {
    assertThat(goesOn(callWith(2), problem(cause))).isTrue();
  }

  @Test
  void thereAreThreeAttemptsAtMost() {
    Exchange exchange = callWith(1);
    assertThat(goesOn(exchange, problem(FailureCause.OVERLOADED))).isTrue();
    Calls.of(exchange).beginAttempt(new Candidate("p0", "m"));
    assertThat(goesOn(exchange, problem(FailureCause.OVERLOADED))).isTrue();
    Calls.of(exchange).beginAttempt(new Candidate("p0", "m"));
    assertThat(goesOn(exchange, problem(FailureCause.OVERLOADED))).isFalse();
  }

  @Test
  void aClientThatGrantsOneAttemptGetsNeitherARetryNorAFailover() {
    Exchange exchange = callWith(2);
    Calls.of(exchange).describe(new CallBounds(Optional.empty(), 1), RoutingCriteria.NONE);
    assertThat(goesOn(exchange, problem(FailureCause.OVERLOADED))).isFalse();
  }

  @Test
  void aClientCannotHaveMoreAttemptsThanTheSettingsAllow() {
    Exchange exchange = callWith(1);
    Calls.of(exchange).describe(new CallBounds(Optional.empty(), 999), RoutingCriteria.NONE);
    for (int i = 0; i < 2; i++) {
      assertThat(goesOn(exchange, problem(FailureCause.OVERLOADED))).isTrue();
      Calls.of(exchange).beginAttempt(new Candidate("p0", "m"));
    }
    assertThat(goesOn(exchange, problem(FailureCause.OVERLOADED))).isFalse();
  }

  @Test
  void noAttemptBeginsAfterTheTimeoutOfTheClient() {
    Exchange exchange = callWith(2);
    Calls.of(exchange)
        .describe(new CallBounds(Optional.of(Duration.ofSeconds(2)), 9), RoutingCriteria.NONE);
    assertThat(goesOn(exchange, problem(FailureCause.OVERLOADED))).isTrue();
    Calls.of(exchange).beginAttempt(new Candidate("p1", "m"));
    fixtures.clock.addAndGet(2_000_000_000);
    assertThat(goesOn(exchange, problem(FailureCause.OVERLOADED))).isFalse();
  }

  @Test
  void anOpenBreakerIsNotCountedAsAnAttempt() {
    Exchange exchange = callWith(5);
    for (int i = 0; i < 4; i++) {
      assertThat(goesOn(exchange, problem(FailureCause.BREAKER_OPEN))).isTrue();
      Calls.of(exchange).beginAttempt(new Candidate("p" + i, "m"));
    }
  }

  @Test
  void withoutBudgetTheCallFails() {
    budget = new RetryBudget(0);
    assertThat(goesOn(callWith(1), problem(FailureCause.OVERLOADED))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureCause.class,
      names = {"RATE_LIMITED", "CREDENTIALS"})
  void aFaultOfTheKeyIsFollowedByTheNextKeyAtOnce(FailureCause cause) {
    budget = new RetryBudget(0);
    Exchange exchange = callWith(1);
    Call call = Calls.of(exchange);
    List<String> used = new ArrayList<>();
    for (boolean more = true; more; ) {
      KeyChoice choice = keys.choose(Optional.of("K"), "m");
      KeyRef ref = ((KeyChoice.Chosen) choice).ref();
      call.current().recordKey(ref);
      used.add(ref.id().substring(0, 1));
      more = goesOn(exchange, problem(cause));
      if (more) {
        assertThat(call.current().repeated()).isTrue();
        assertThat(call.candidatesTried()).isZero();
        call.beginAttempt(new Candidate("p0", "m"));
      }
    }
    assertThat(used).containsExactly("1", "2", "3");
    assertThat(call.candidatesTried()).isEqualTo(1);
  }

  @Test
  void a403AboutTheModelLeavesTheKeyHealthyAndTheNextCandidateIsTried() {
    Exchange exchange = callWith(2);
    KeyChoice choice = keys.choose(Optional.of("K"), "m");
    Calls.of(exchange).current().recordKey(((KeyChoice.Chosen) choice).ref());
    assertThat(goesOn(exchange, problem(FailureCause.FORBIDDEN))).isTrue();
    assertThat(Calls.of(exchange).current().repeated()).isFalse();
    assertThat(keys.statuses("K"))
        .allSatisfy(key -> assertThat(key.state()).isEqualTo(KeyHealth.State.HEALTHY));
  }

  @Test
  void aRejectedAccessTokenIsReplacedOnceInACall() {
    Exchange exchange = callWith(1);
    Call call = Calls.of(exchange);
    List<String> forgotten = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      call.current().recordSigned(() -> forgotten.add("t"));
      call.current().recordProviderReply(401, Headers.NONE);
      assertThat(goesOn(exchange, problem(FailureCause.CREDENTIALS))).isEqualTo(i == 0);
      assertThat(call.current().repeated()).isEqualTo(i == 0);
      call.beginAttempt(new Candidate("p0", "m"));
    }
    assertThat(forgotten).hasSize(1);
  }

  @Test
  void aTokenForWhichThereIsNoOtherIsNotTriedAgain() {
    Exchange exchange = callWith(1);
    Calls.of(exchange).current().recordSigned(() -> false);
    Calls.of(exchange).current().recordProviderReply(401, Headers.NONE);
    assertThat(goesOn(exchange, problem(FailureCause.CREDENTIALS))).isFalse();
  }

  @Test
  void theLastAttemptIsLeftToTheNextCandidate() {
    Exchange exchange = callWith(2);
    Call call = Calls.of(exchange);
    for (int i = 0; i < 2; i++) {
      KeyChoice choice = keys.choose(Optional.of("K"), "m");
      call.current().recordKey(((KeyChoice.Chosen) choice).ref());
      assertThat(goesOn(exchange, problem(FailureCause.RATE_LIMITED))).isTrue();
      assertThat(call.current().repeated()).isEqualTo(i == 0);
      call.beginAttempt(new Candidate("p" + i, "m"));
    }
  }

  @Test
  void anotherFaultDoesNotChangeTheKey() {
    Exchange exchange = callWith(2);
    Call call = Calls.of(exchange);
    call.current().recordKey(((KeyChoice.Chosen) keys.choose(Optional.of("K"), "m")).ref());
    assertThat(goesOn(exchange, problem(FailureCause.OVERLOADED))).isTrue();
    assertThat(call.current().repeated()).isFalse();
    assertThat(keys.statuses("K")).allMatch(key -> key.state() == KeyHealth.State.HEALTHY);
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureCause.class,
      names = {"CONNECTION_CLOSED", "NOT_RECEIVED"})
  void aBrokenConnectionIsReplacedOnceAndCountsAsAnAttempt(FailureCause cause) {
    Exchange exchange = callWith(2);
    Call call = Calls.of(exchange);
    assertThat(goesOn(exchange, problem(cause))).isTrue();
    assertThat(call.current().repeated()).isTrue();
    call.beginAttempt(new Candidate("p0", "m"));
    assertThat(call.attempts()).hasSize(2);
    assertThat(goesOn(exchange, problem(cause))).isTrue();
    assertThat(call.current().repeated()).isFalse();
  }

  @Test
  void withoutBudgetABrokenConnectionIsNotReplaced() {
    budget = new RetryBudget(0);
    assertThat(goesOn(callWith(1), problem(FailureCause.CONNECTION_CLOSED))).isFalse();
  }

  @Test
  void aRejectedKeyIsNamedByItsVariableToTheClientAndInTheLog() {
    List<String> lines = new ArrayList<>();
    Exchange exchange = callWith(1);
    ProviderKeys single = new ProviderKeys(_ -> List.of("sk-canary"), fixtures.clock::get);
    KeyRef key = ((KeyChoice.Chosen) single.choose(Optional.of("GROQ_API_KEY"), "m")).ref();
    Calls.of(exchange).current().recordKey(key);
    Calls.of(exchange).current().recordProviderReply(401, Headers.NONE);
    record(lines, () -> goesOn(exchange, problem(FailureCause.CREDENTIALS)));

    assertThat(Calls.of(exchange).current().problem().orElseThrow().message())
        .isEqualTo("The provider 'p0' did not accept the gateway's key GROQ_API_KEY.");
    assertThat(lines)
        .singleElement()
        .asString()
        .contains("provider p0 failed: credentials, status 401, key GROQ_API_KEY (" + key.id())
        .doesNotContain("canary");
  }

  private static void record(List<String> lines, Runnable work) {
    List<LogRecord> records = new ArrayList<>();
    Logger logger = Logger.getLogger(FailedAttemptLog.class.getName());
    Handler handler = new Recorder(records);
    logger.addHandler(handler);
    try {
      work.run();
    } finally {
      logger.removeHandler(handler);
    }
    records.forEach(line -> lines.add(new SimpleFormatter().formatMessage(line)));
  }

  @Test
  void everyFailedAttemptIsOneWarningWithItsCause() {
    List<LogRecord> lines = new ArrayList<>();
    Logger logger = Logger.getLogger(FailedAttemptLog.class.getName());
    Handler handler = new Recorder(lines);
    logger.addHandler(handler);
    try {
      Exchange exchange = callWith(2);
      Optional<String> detail = Optional.of("TLS: no path to\nan authority");
      goesOn(
          exchange, ProviderProblem.of("p0", FailureCause.UNREACHABLE, 502).detail(detail).build());
      Calls.of(exchange).beginAttempt(new Candidate("p1", "m"));
      Calls.of(exchange).current().recordProviderReply(400, Headers.NONE);
      goesOn(
          exchange,
          ProviderProblem.of("p1", FailureCause.REFUSED, 400).message("a prompt").build());
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(lines).allMatch(line -> line.getLevel() == Level.WARNING);
    assertThat(lines)
        .extracting(line -> new SimpleFormatter().formatMessage(line))
        .containsExactly(
            "request req-1: attempt 1 at provider p0 failed: unreachable, TLS: no path to an"
                + " authority; another attempt follows",
            "request req-1: attempt 2 at provider p1 failed: refused, status 400; the call fails");
  }

  private static final class Recorder extends Handler {
    private final List<LogRecord> lines;

    Recorder(List<LogRecord> lines) {
      this.lines = lines;
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(line);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void aWaitBeyondTheDeadlineFailsTheCall() {
    ProviderProblem later =
        ProviderProblem.of("p0", FailureCause.RATE_LIMITED, 429)
            .retryAfter(Optional.of(Duration.ofSeconds(31)))
            .build();
    assertThat(goesOn(callWith(1), later)).isFalse();
    ProviderProblem soon =
        ProviderProblem.of("p0", FailureCause.RATE_LIMITED, 429)
            .retryAfter(Optional.of(Duration.ofSeconds(2)))
            .build();
    Exchange exchange = callWith(1);
    assertThat(goesOn(exchange, soon)).isTrue();
    assertThat(waits.next(Calls.of(exchange)).delay()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void anExceptionOfTheAdapterRouteIsAnUnreachableProvider() {
    Exchange exchange = callWith(2);
    assertThat(goesOn(exchange, new IOException("secret host"))).isTrue();
    assertThat(Calls.of(exchange).attempts().getFirst().problem())
        .get()
        .satisfies(problem -> assertThat(problem.message()).doesNotContain("secret host"));
  }

  private boolean goesOn(Exchange exchange, Exception failure) {
    exchange.setProperty(ExchangeProperties.NEEDS_ATTEMPT, false);
    try {
      fail(exchange, failure);
    } catch (ProviderProblem shown) {
      return false;
    }
    return exchange.getProperty(ExchangeProperties.NEEDS_ATTEMPT, Boolean.class);
  }

  private void fail(Exchange exchange, Exception failure) {
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure);
    RetryRules rules = new RetryRules(Duration.ofSeconds(30), waits);
    NextCandidates next = new NextCandidates(_ -> OptionalInt.empty(), 3);
    new NoteFailedAttempt(rules, budget, new KeyHealthListener(keys), next)
        .begin(exchange, _ -> {});
    if (exchange.getException() instanceof GatewayProblem shown) {
      throw shown;
    }
  }

  private Exchange callWith(int candidates) {
    Exchange exchange = fixtures.exchangeFor("m");
    Call call = Calls.of(exchange);
    List<Candidate> all = new ArrayList<>();
    for (int i = 0; i < candidates; i++) {
      all.add(new Candidate("p" + i, "m"));
    }
    call.setPlan(new Plan("fast", all, "test"));
    call.beginAttempt(all.getFirst());
    return exchange;
  }

  private static ProviderProblem problem(FailureCause cause) {
    return ProviderProblem.of("p0", cause, 502).build();
  }
}

package dev.serai.processors.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.config.limit.LimitSettings;
import dev.serai.config.limit.RateSettings;
import dev.serai.core.call.Call;
import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import dev.serai.core.chat.Usage;
import dev.serai.core.limit.Admission;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.LimitProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.rate.Allowance;
import dev.serai.core.rate.LocalRates;
import dev.serai.core.rate.RateLimits;
import dev.serai.core.rate.RateReading;
import dev.serai.core.rate.RateRule;
import dev.serai.core.rate.Window;
import dev.serai.core.routing.Candidate;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final RateSettings NONE = RateSettings.defaults();
  private static final Identity APP = identity("acme", "app", RateLimits.NONE);

  private final AtomicLong nanos = new AtomicLong();
  private final LocalRates store = new LocalRates(nanos::get, () -> START.plusNanos(nanos.get()));
  private final CallFixtures fixtures = new CallFixtures();
  private final List<RateRule> refused = new ArrayList<>();

  @Test
  void aCallerWithoutLimitsTakesNothing() {
    RateLimit limit = limit(settings(NONE, NONE));
    assertThat(limit.admit(Caller.of(APP), request("m")))
        .isSameAs(limit.admit(Caller.of(APP), request("m")));
    assertThat(limit.left(APP)).isEmpty();
    assertThat(store.size()).isZero();
  }

  @Test
  void everyKeyHasTheLimitOfAllKeysUnlessItHasOneOfItsOwn() {
    RateLimit limit = limit(settings(perMinute(2), NONE));
    Identity large =
        identity("acme", "large", limits(new Allowance(Window.REQUESTS_PER_MINUTE, 4)));
    assertThat(admitted(limit, APP, 10)).isEqualTo(2);
    assertThat(admitted(limit, identity("acme", "other", RateLimits.NONE), 10)).isEqualTo(2);
    assertThat(admitted(limit, identity("globex", "app", RateLimits.NONE), 10)).isEqualTo(2);
    assertThat(admitted(limit, large, 10)).isEqualTo(4);
  }

  @Test
  void aRefusalSaysWhichWindowWhoseAndWhenItAllowsTheCall() {
    RateLimit limit = limit(settings(perMinute(1), NONE));
    call(limit, APP);
    assertThatThrownBy(() -> call(limit, APP))
        .isInstanceOfSatisfying(
            LimitProblem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(429);
              assertThat(problem.code()).isEqualTo("rate_limit_exceeded");
              assertThat(problem.retryAfter()).contains(Duration.ofMinutes(1));
              assertThat(problem.message())
                  .contains("The API key 'app'", "1 requests per minute", "60 s");
              assertThat(problem.explanation())
                  .containsEntry("scope", "key")
                  .containsEntry("window", "minute")
                  .containsEntry("limit", "1");
            });
    assertThat(refused).hasSize(1);
  }

  @Test
  void aCallCountsForItsTenantTeamUserAndModelToo() {
    Identity someone =
        new Identity("acme", "web", "ann", "k", Set.of(), AllowList.ALL, AllowList.ALL, Set.of());
    RateLimit limit =
        limit(
            new LimitSettings(
                NONE,
                NONE,
                Map.of("acme", perMinute(9)),
                Map.of("acme/web", perMinute(8)),
                Map.of("acme/ann", perMinute(7)),
                Map.of("m", perMinute(6)),
                Map.of()));
    assertThat(admitted(limit, someone, 20)).isEqualTo(6);
    assertThat(limit.left(someone).stream().map(RateReading::remaining))
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void theGatewayItselfIsBusyWithTooManyCalls() {
    RateSettings one = new RateSettings(0, 0, 0, 0, 0, 0, 0, 0, 1);
    RateLimit limit = limit(settings(NONE, one));
    Call running = call(limit, APP);
    assertThatThrownBy(() -> call(limit, identity("globex", "x", RateLimits.NONE)))
        .isInstanceOf(CapacityProblem.class);
    running.end(Call.Outcome.CANCELLED, Optional.empty());
    assertThatCode(() -> call(limit, APP)).doesNotThrowAnyException();
  }

  @Test
  void aStreamKeepsItsPlaceUntilItEnds() {
    RateLimit limit = limit(settings(concurrent(1), NONE));
    Call stream = call(limit, APP);
    stream.markStreaming();
    assertThatThrownBy(() -> call(limit, APP))
        .isInstanceOfSatisfying(
            LimitProblem.class,
            problem -> assertThat(problem.code()).isEqualTo("concurrency_limit_exceeded"));
    stream.end(Call.Outcome.ANSWERED, Optional.empty());
    assertThatCode(() -> call(limit, APP)).doesNotThrowAnyException();
  }

  /** LiteLLM#41610: the tokens of streams count. */
  @Test
  void theTokensOfACallAreThoseThatTheProviderReports() {
    RateLimit limit = limit(settings(tokens(1000), NONE));
    Call call = call(limit, APP);
    call.markStreaming();
    call.beginAttempt(new Candidate("p", "m")).recordUsage(Usage.of(300, 450));
    call.end(Call.Outcome.ANSWERED, Optional.empty());
    assertThat(remaining(limit)).isEqualTo(250);
  }

  @Test
  void aStreamThatIsCancelledCountsWhatHasCome() {
    RateLimit limit = limit(settings(tokens(1000), NONE));
    Call call = call(limit, APP);
    call.beginAttempt(new Candidate("p", "m"));
    for (int i = 0; i < 40; i++) {
      call.recordToken();
    }
    call.end(Call.Outcome.CANCELLED, Optional.empty());
    assertThat(remaining(limit)).isEqualTo(1000 - 40 - 1);
  }

  /** LiteLLM#27639: no tokens are held for calls that used none. */
  @Test
  void aCallThatFailsBeforeItsFirstTokenUsesNone() {
    RateLimit limit = limit(settings(tokens(1000), NONE));
    Call call = call(limit, APP);
    assertThat(remaining(limit)).isLessThan(1000);
    call.beginAttempt(new Candidate("p", "m"));
    call.failAttempt(ProviderProblem.of("p", FailureCause.OVERLOADED, 503).message("busy").build());
    call.end(Call.Outcome.FAILED, Optional.empty());
    assertThat(remaining(limit)).isEqualTo(1000);
  }

  @Test
  void afterTenThousandCancelledStreamsNothingIsHeld() {
    RateLimit limit = limit(settings(new RateSettings(0, 0, 0, 0, 100_000_000, 0, 0, 0, 64), NONE));
    List<Call> running = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      Call call = call(limit, APP);
      call.markStreaming();
      if (i % 3 > 0) {
        call.beginAttempt(new Candidate("p", "m"));
      }
      running.add(call);
      if (running.size() == 64) {
        running.forEach(each -> each.end(Call.Outcome.CANCELLED, Optional.empty()));
        running.clear();
      }
    }
    running.forEach(each -> each.end(Call.Outcome.CANCELLED, Optional.empty()));
    assertThat(limit.left(APP))
        .allSatisfy(
            reading ->
                assertThat(reading.remaining()).isEqualTo(reading.rule().allowance().capacity()));
  }

  @Test
  void aLimitOfAProviderCountsEveryAttemptAndLetsTheNextCandidateTry() {
    RateLimit limit =
        limit(
            new LimitSettings(
                NONE,
                NONE,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of("q/m", concurrent(1)),
                Map.of("p", perMinute(1))));
    Call first = attempt(limit, "p");
    first.end(Call.Outcome.FAILED, Optional.empty());
    assertThatThrownBy(() -> attempt(limit, "p"))
        .isInstanceOfSatisfying(
            ProviderProblem.class,
            problem -> {
              assertThat(problem.failureCause()).isEqualTo(FailureCause.LIMITED);
              assertThat(problem.failureCause().retryable()).isTrue();
              assertThat(problem.failureCause().nothingSent()).isTrue();
              assertThat(problem.retryAfter()).contains(Duration.ofMinutes(1));
            });
    Call running = attempt(limit, "q");
    assertThatThrownBy(() -> attempt(limit, "q")).isInstanceOf(ProviderProblem.class);
    running.failAttempt(ProviderProblem.of("q", FailureCause.TIMEOUT, 504).message("late").build());
    assertThatCode(() -> attempt(limit, "q")).doesNotThrowAnyException();
  }

  @Test
  void aChangedLimitAppliesToWhatHasBeenTaken() {
    RateLimit limit = limit(settings(perMinute(2), NONE));
    assertThat(admitted(limit, APP, 10)).isEqualTo(2);
    limit.replace(settings(perMinute(5), NONE));
    assertThat(admitted(limit, APP, 10)).isEqualTo(3);
    limit.replace(settings(NONE, NONE));
    assertThat(admitted(limit, APP, 10)).isEqualTo(10);
  }

  @Test
  void aCountOfTokensCountsAsARequestOnly() {
    RateLimit limit = limit(settings(new RateSettings(0, 0, 2, 0, 5, 0, 0, 0, 0), NONE));
    assertThat(limit.admit(Caller.of(APP), new CallFixtures.Request("m", true)))
        .isInstanceOf(Admission.Admitted.class);
    assertThat(limit.left(APP).stream().map(RateReading::remaining)).containsExactly(1L, 5L);
  }

  @Test
  void aCountOfTokensTakesNoTokensFromTheLimitsOfItsProvider() {
    RateLimit limit = limit(ofProvider("p", new RateSettings(0, 0, 3, 0, 300, 0, 0, 0, 0)));
    CallFixtures.Request count = new CallFixtures.Request("alias", true);
    attempt(limit, "p", count);
    attempt(limit, "p", count);
    assertThatCode(() -> attempt(limit, "p")).doesNotThrowAnyException();
    assertThatThrownBy(() -> attempt(limit, "p", count))
        .isInstanceOf(ProviderProblem.class)
        .hasMessageContaining("3 requests per minute");
  }

  private Call attempt(RateLimit limit, String provider) {
    return attempt(limit, provider, request("alias"));
  }

  private Call attempt(RateLimit limit, String provider, CallFixtures.Request request) {
    Exchange exchange = fixtures.exchangeFor(request);
    Call call = Calls.of(exchange);
    call.beginAttempt(new Candidate(provider, "m"));
    new HoldProviderLimits(limit).process(exchange);
    return call;
  }

  private static long remaining(RateLimit limit) {
    return limit.left(APP).getFirst().remaining();
  }

  private int admitted(RateLimit limit, Identity identity, int tries) {
    int admitted = 0;
    for (int i = 0; i < tries; i++) {
      admitted +=
          limit.admit(Caller.of(identity), request("m")) instanceof Admission.Admitted ? 1 : 0;
    }
    return admitted;
  }

  private Call call(RateLimit limit, Identity identity) {
    Call call = Calls.of(fixtures.exchangeFor("m"));
    call.setCaller(Caller.of(identity));
    switch (limit.admit(call.caller(), call.request())) {
      case Admission.Admitted(var hold) -> call.hold(hold);
      case Admission.Refused(GatewayProblem problem) -> throw problem;
    }
    return call;
  }

  private RateLimit limit(LimitSettings settings) {
    return new RateLimit(settings, store, () -> START.plusNanos(nanos.get()), refused::add);
  }

  private static CallFixtures.Request request(String model) {
    return new CallFixtures.Request(model);
  }

  private static LimitSettings ofProvider(String provider, RateSettings limits) {
    return new LimitSettings(
        NONE, NONE, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(provider, limits));
  }

  private static LimitSettings settings(RateSettings keys, RateSettings gateway) {
    return new LimitSettings(keys, gateway, Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
  }

  private static RateSettings perMinute(int requests) {
    return new RateSettings(0, 0, requests, 0, 0, 0, 0, 0, 0);
  }

  private static RateSettings tokens(int perMinute) {
    return new RateSettings(0, 0, 0, 0, perMinute, 0, 0, 0, 0);
  }

  private static RateSettings concurrent(int calls) {
    return new RateSettings(0, 0, 0, 0, 0, 0, 0, 0, calls);
  }

  private static RateLimits limits(Allowance... allowances) {
    return new RateLimits(List.of(allowances));
  }

  private static Identity identity(String tenant, String key, RateLimits limits) {
    return new Identity(
        tenant, "", "", key, Set.of(), AllowList.ALL, AllowList.ALL, Set.of(), limits);
  }
}

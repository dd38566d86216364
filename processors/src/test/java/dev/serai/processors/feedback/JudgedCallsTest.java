package dev.serai.processors.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.feedback.JudgeSettings;
import dev.serai.core.background.BackgroundThread;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.chat.Usage;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.routing.Candidate;
import dev.serai.processors.feedback.JudgedCalls.End;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.RouteStub;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What bounds how many calls a model scores. */
class JudgedCallsTest {
  private static final long NANO_USD = 600_000_000; // 60 cents
  private static final Candidate JUDGE = new Candidate("p", "judge");

  private final ObservedCalls calls = new ObservedCalls();
  private final ByteLimit memory = new ByteLimit(1_000_000);
  private final BlockingQueue<InboundRequest> asked = new LinkedBlockingQueue<>();
  private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
  private final CamelContext routes = RouteStub.context(this::judge);
  private double drawn;
  private boolean samePrivacy = true;
  private JudgeSettings settings = settings(100, 10_000, 1_000);
  private final JudgedCalls judged =
      new JudgedCalls(() -> settings, gateway(), memory, calls.takes());
  private final BackgroundThread thread = BackgroundThreads.unreported().make("judge", judged);

  @AfterEach
  void stop() {
    thread.stopAndJoin(Duration.ofSeconds(10));
    loop.shutdownNow();
    routes.stop();
  }

  private JudgedCalls.Gateway gateway() {
    return new JudgedCalls.Gateway(
        () -> routes,
        _ -> loop,
        () -> "judge-1",
        () -> (Drawing) () -> drawn,
        (_, _) -> OptionalLong.of(NANO_USD),
        (one, other) -> one.equals("shop") && other.equals("serai") && samePrivacy);
  }

  /** Draws what the test says. */
  private interface Drawing extends RandomGenerator {
    @Override
    double nextDouble();

    @Override
    default long nextLong() {
      return 0;
    }
  }

  private static JudgeSettings settings(double percent, int perMinute, double usd) {
    return new JudgeSettings(
        Optional.of("p/judge"), BigDecimal.valueOf(percent), perMinute, BigDecimal.valueOf(usd));
  }

  @Test
  void theShareOfTheSettingsIsDrawn() {
    settings = settings(2.5, 10_000, 1_000);
    int many = 0;
    for (int i = 0; i < 1_000; i++) {
      drawn = i / 1_000.0;
      many += draws() ? 1 : 0;
    }
    assertThat(many).isEqualTo(25);
    settings = settings(0, 10_000, 1_000);
    drawn = 0;
    assertThat(draws()).isFalse();
    assertThat(judged.count(End.SKIPPED)).as("a call that is not drawn is not skipped").isZero();
  }

  @Test
  void noMoreThanSoManyAreDrawnInAMinuteAndTheOthersAreCounted() {
    settings = settings(100, 3, 1_000);
    for (int minute = 1; minute <= 2; minute++) {
      for (int i = 0; i < 5; i++) {
        assertThat(draws()).isEqualTo(i < 3);
      }
      assertThat(judged.count(End.SKIPPED)).isEqualTo(2L * minute);
      calls.pass(Duration.ofMinutes(1));
    }
  }

  @Test
  void afterTheMoneyOfADayNoCallIsDrawnUntilTheNextOne() throws Exception {
    settings = settings(100, 10_000, 1);
    thread.start();
    score("first");
    assertThat(draws()).as("after 60 cents").isTrue();
    score("second");
    assertThat(draws()).as("after 120 cents").isFalse();
    assertThat(judged.count(End.SKIPPED)).isEqualTo(1);
    calls.pass(Duration.ofDays(1));
    assertThat(draws()).isTrue();
  }

  @Test
  void aCallWithAnotherPrivacyPolicyIsNotDrawn() {
    samePrivacy = false;
    assertThat(draws()).isFalse();
    assertThat(judged.count(End.SKIPPED)).isZero();
  }

  @Test
  void theJudgeHasHalfAMinuteAndOneAttempt() throws Exception {
    thread.start();
    score("first");
    InboundRequest request = asked.poll(10, TimeUnit.SECONDS);
    assertThat(request).isNotNull();
    assertThat(request.headers().first("x-serai-timeout")).hasValue("30");
    assertThat(request.headers().first("x-serai-max-attempts")).hasValue("1");
  }

  @Test
  void whileTooManyWaitNoCallIsDrawnAndTheResponsesOfOthersAreDropped() {
    for (int i = 0; i < 64; i++) {
      assertThat(draws()).isTrue();
      keep("waiting-" + i);
    }
    long taken = memory.taken();
    assertThat(draws()).isFalse();
    keep("drawn-before");
    assertThat(judged.count(End.SKIPPED)).isEqualTo(2);
    assertThat(memory.taken()).isEqualTo(taken).isPositive();
  }

  private boolean draws() {
    return judged.draws(calls.begin("drawn", "", "Why?"));
  }

  private void score(String id) throws InterruptedException {
    keep(id);
    assertThat(calls.next().requestId()).isEqualTo(id);
  }

  private void keep(String id) {
    Call call = calls.begin(id, "", "Why?");
    KeptResponse kept = judged.keep(call);
    call.hold(kept);
    kept.take(CallFixtures.response("Because."));
    call.end(Outcome.ANSWERED, Optional.empty());
  }

  /** The route that asks the judge. */
  private void judge(Exchange exchange, AsyncCallback callback) {
    asked.add(exchange.getMessage().getBody(InboundRequest.class));
    Call call =
        new Call("judge-1", new CallFixtures.Request("p/judge"), new CallFixtures.Words(), () -> 1);
    call.beginAttempt(JUDGE).recordUsage(Usage.of(1, 1));
    exchange.setProperty(ExchangeProperties.CALL, call);
    exchange
        .getMessage()
        .setBody(new ChatReply.Complete(CallFixtures.response("{\"scores\": [7]}")));
    callback.done(false);
  }
}

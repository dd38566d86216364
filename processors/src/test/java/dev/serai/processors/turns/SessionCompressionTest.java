package dev.serai.processors.turns;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.background.BackgroundThread;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.model.Persona;
import dev.serai.core.session.SessionStore.Key;
import dev.serai.core.summary.CompressionMode;
import dev.serai.core.summary.CompressionRules;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.RouteStub;
import dev.serai.processors.turns.SessionCompression.End;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** After which calls sessions are compressed. */
class SessionCompressionTest {
  private final LongSessions sessions = new LongSessions();
  private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
  private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
  private SessionCompression compression;
  private BackgroundThread thread;

  /** A request to the model that writes summaries. */
  private record Asked(Exchange exchange, AsyncCallback callback) {
    boolean isOf(String session) {
      InboundRequest request = exchange.getMessage().getBody(InboundRequest.class);
      return new String(request.body(), UTF_8).contains("with " + session + " number");
    }

    void answer() {
      exchange.getMessage().setBody(new ChatReply.Complete(CallFixtures.response("Porto.")));
      callback.done(false);
    }

    void fail() {
      exchange.setException(new IllegalStateException("the model is down"));
      callback.done(false);
    }
  }

  private void start(CompressionMode mode) {
    CamelContext routes =
        RouteStub.context((exchange, callback) -> asked.add(new Asked(exchange, callback)));
    compression =
        new SessionCompression(
            sessions,
            LongSessions.requests(),
            new CompressionRules(mode, 0.8, LongSessions.ROOM),
            Optional.of(new SummaryModel("p/m", () -> routes, _ -> loop, () -> "req-2")),
            () -> Instant.EPOCH);
    thread = BackgroundThreads.unreported().make("compression", compression);
    thread.start();
  }

  @AfterEach
  void stop() {
    thread.stopAndJoin(Duration.ofSeconds(10));
    loop.close();
  }

  private Asked nextAsked() throws InterruptedException {
    Asked next = asked.poll(10, TimeUnit.SECONDS);
    assertThat(next).as("a request for a summary").isNotNull();
    return next;
  }

  private static Call call(String session) {
    Call call =
        new Call("req-1", LongSessions.recalled(session), new CallFixtures.Words(), () -> 1);
    call.setCaller(new Caller("t", "k", session, ""));
    return call;
  }

  private void settle(Call call, Outcome how) {
    call.end(how, Optional.empty());
    compression.settled(call);
  }

  @Test
  void onlyACallWhoseTurnIsStoredStartsIt() throws Exception {
    start(CompressionMode.KEY_INFORMATION);
    Call reader = call("reader");
    reader.lifecycle().recordPrompt("p@1", Persona.Memory.READ);
    settle(reader, Outcome.ANSWERED);
    settle(call("failed"), Outcome.FAILED);
    Call broken = call("broken");
    ((RecalledRequest) broken.request()).recorder().take(CallFixtures.response("Some words"));
    settle(broken, Outcome.FAILED);
    settle(call("answered"), Outcome.ANSWERED);
    assertThat(sessions.nextSaved()).contains(new Key("t", "broken"));
    assertThat(sessions.nextSaved()).contains(new Key("t", "answered"));
  }

  @Test
  void aModelThatFailsIsNotAskedForTheNextPartAtOnce() throws Exception {
    start(CompressionMode.HYBRID);
    settle(call("one"), Outcome.ANSWERED);
    nextAsked().fail();
    assertThat(sessions.nextSaved()).as("its sentences").contains(new Key("t", "one"));
    settle(call("two"), Outcome.ANSWERED);
    assertThat(nextAsked().isOf("two")).isTrue();
    settle(call("one"), Outcome.ANSWERED);
    settle(call("three"), Outcome.ANSWERED);
    assertThat(nextAsked().isOf("three")).isTrue();
    assertThat(compression.count(End.DONE)).isEqualTo(1);
    assertThat(compression.count(End.SKIPPED)).isEqualTo(1);
  }

  @Test
  void aSessionThatWaitsFollowsOneThatBreaksDown() throws Exception {
    start(CompressionMode.SUMMARISE);
    sessions.breakAfterFirstSummary("1");
    for (int i = 1; i <= 5; i++) {
      settle(call(String.valueOf(i)), Outcome.ANSWERED);
    }
    Asked first = nextAsked();
    for (int i = 2; i <= 4; i++) {
      assertThat(nextAsked().isOf(String.valueOf(i))).isTrue();
    }
    first.answer();
    assertThat(nextAsked().isOf("5")).isTrue();
    assertThat(compression.count(End.FAILED)).isEqualTo(1);
  }

  @Test
  void messagesThatDoNotShrinkArePackedUpToTheNewest() throws Exception {
    start(CompressionMode.LZ4);
    settle(call("one"), Outcome.ANSWERED);
    settle(call("two"), Outcome.ANSWERED);
    assertThat(sessions.nextSaved()).contains(new Key("t", "one"));
    assertThat(sessions.nextSaved()).as("behind it").contains(new Key("t", "two"));
    assertThat(compression.count(End.DONE)).isPositive();
    assertThat(compression.count(End.UNCHANGED)).isZero();
    assertThat(sessions.unpacked(new Key("t", "one")).orElseThrow().rows())
        .hasSizeLessThan(LongSessions.MESSAGES / 2);
  }
}

package dev.serai.adapters.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.ProviderRequest;
import dev.serai.core.net.BreakerLimits;
import dev.serai.core.net.DeadlineOverrides;
import dev.serai.core.net.Deadlines;
import dev.serai.core.net.RequestDeadlines;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.provider.UpstreamState;
import dev.serai.core.time.Ticker;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.AsyncProducer;
import org.junit.jupiter.api.Test;

/** Time passes only when the test lets it: no call ends before its deadline, each ends after it. */
class DeadlineTest {
  private static final Duration LONG = Duration.ofDays(1000);
  private static final Duration SHORT = Duration.ofMinutes(10);

  private final Time time = new Time();

  @Test
  void aProviderThatSendsNothingTimesOut() throws Exception {
    for (boolean streaming : new boolean[] {false, true}) {
      try (var provider = silent();
          var fixture = fixture(new Deadlines(LONG, SHORT, LONG, LONG, LONG))) {
        ProviderProblem problem = late(fixture, provider, UpstreamFixture.request(streaming));
        assertTimeout(problem, "first_token");
        assertThat(problem.status()).isEqualTo(504);
        Eventually.soon(() -> provider.open() == 0);
      }
    }
  }

  @Test
  void theDeadlinesOfAModelOrAnAliasReplaceThoseOfAllProvidersAndTheLogNamesThem()
      throws Exception {
    DeadlineOverrides own =
        new DeadlineOverrides(Optional.of(SHORT), Optional.empty(), Optional.empty());
    for (RequestDeadlines limits :
        List.of(
            RequestDeadlines.ofModel(own, "model x/m"),
            new RequestDeadlines(
                own, "alias fast", DeadlineOverrides.NONE, "model x/m", Optional.empty()))) {
      try (var provider = silent();
          var fixture = fixture(new Deadlines(LONG, LONG, LONG, LONG, LONG))) {
        ProviderProblem problem =
            late(fixture, provider, UpstreamFixture.request(false).within(limits));
        assertTimeout(problem, "first_token");
        assertThat(problem.detail().orElse(""))
            .startsWith("no reply")
            .endsWith(", see " + limits.setting("first_token"));
      }
    }
  }

  /** A client with a short time must not make the provider unavailable for others. */
  @Test
  void theTimeThatAClientGrantsIsNotAFailureOfTheProvider() throws Exception {
    RequestDeadlines granted =
        new RequestDeadlines(
            DeadlineOverrides.NONE, "", DeadlineOverrides.NONE, "model x/m", Optional.of(SHORT));
    try (var provider = silent();
        var fixture = fixture(new Deadlines(LONG, LONG, LONG, LONG, LONG))) {
      for (int call = 0; call < 2 * BreakerLimits.defaults().minimumCalls(); call++) {
        ProviderProblem problem =
            late(fixture, provider, UpstreamFixture.request(false).within(granted));
        assertThat(problem.failureCause()).isEqualTo(FailureCause.OUT_OF_TIME);
        assertThat(problem.status()).isEqualTo(504);
      }
      assertThat(fixture.state().breaker()).isEqualTo(UpstreamState.BreakerState.CLOSED);
      assertThat(fixture.state().modelBreakers()).isEmpty();
    }
  }

  /** Who asks for a low latency must not make the provider unavailable for others. */
  @Test
  void theTimeAfterWhichAnotherCandidateIsAskedIsNotAFailureOfTheProvider() throws Exception {
    RequestDeadlines escalating = RequestDeadlines.NONE.escalating(Optional.of(SHORT));
    try (var provider = silent();
        var fixture = fixture(new Deadlines(LONG, LONG, LONG, LONG, LONG))) {
      for (int call = 0; call < 2 * BreakerLimits.defaults().minimumCalls(); call++) {
        ProviderProblem problem =
            late(fixture, provider, UpstreamFixture.request(true).within(escalating));
        assertThat(problem.failureCause()).isEqualTo(FailureCause.LATE);
        assertThat(problem.detail().orElse(""))
            .endsWith("0.6 of latency_slo_ms of the request has passed");
      }
      assertThat(fixture.state().breaker()).isEqualTo(UpstreamState.BreakerState.CLOSED);
      assertThat(fixture.state().modelBreakers()).isEmpty();
    }
  }

  @Test
  void aStreamWithoutATokenTimesOut() throws Exception {
    try (var provider = stopsAfterHead();
        var fixture = fixture(new Deadlines(LONG, SHORT, LONG, LONG, LONG))) {
      StreamRecorder pieces = fixture.stream(fixture.provider("x", provider.baseUrl())).open();
      endsAfterShort(pieces.failure);
      assertTimeout(pieces.failure.join(), "first_token");
    }
  }

  @Test
  void aStreamThatStopsInTheMiddleTimesOut() throws Exception {
    try (var provider = stopsAfter("data: 1\n\n");
        var fixture = fixture(new Deadlines(LONG, LONG, SHORT, LONG, LONG))) {
      StreamRecorder pieces = fixture.stream(fixture.provider("x", provider.baseUrl())).open();
      Eventually.soon(() -> pieces.bytes.get() > 0);
      endsAfterShort(pieces.failure);
      assertTimeout(pieces.failure.join(), "idle");
      Eventually.soon(() -> provider.open() == 0);
    }
  }

  @Test
  void aStreamThatIsWholeWaitsShortlyForItsEndUnlessItGoesOn() throws Exception {
    try (var provider = stopsAfter("data: 1\n\n");
        var fixture = fixture(new Deadlines(LONG, LONG, LONG, LONG, LONG))) {
      StreamRecorder pieces = fixture.stream(fixture.provider("x", provider.baseUrl())).open();
      Eventually.soon(() -> pieces.bytes.get() > 0);
      pieces.stream.expectEnd(true);
      pieces.stream.expectEnd(false);
      time.pass(SHORT);
      Eventually.stays(Duration.ofMillis(300), () -> !pieces.failure.isDone());

      pieces.stream.expectEnd(true);
      Eventually.soon(
          () -> {
            time.pass(CallClock.END);
            return pieces.failure.isDone();
          });
      Eventually.soon(() -> provider.open() == 0);
    }
  }

  @Test
  void aNonStreamingReplyThatStopsInTheMiddleTimesOut() throws Exception {
    try (var provider = stopsAfter("{");
        var fixture = fixture(new Deadlines(LONG, LONG, LONG, SHORT, LONG))) {
      assertTimeout(late(fixture, provider, UpstreamFixture.request(false)), "stall");
      Eventually.soon(() -> provider.open() == 0);
    }
  }

  @Test
  void aReplyWithOnlyAHeadTimesOut() throws Exception {
    try (var provider = stopsAfterHead();
        var fixture = fixture(new Deadlines(LONG, SHORT, LONG, LONG, LONG))) {
      assertTimeout(late(fixture, provider, UpstreamFixture.request(false)), "first_token");
    }
  }

  @Test
  void anEndlessStreamEndsAtTheTotalDeadline() throws Exception {
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  c.streamHead();
                  while (true) {
                    c.chunk("data: 1\n\n");
                    LockSupport.parkNanos(20_000_000);
                  }
                });
        var fixture = fixture(new Deadlines(LONG, LONG, LONG, LONG, SHORT))) {
      StreamRecorder pieces = fixture.stream(fixture.provider("x", provider.baseUrl())).open();
      endsAfterShort(pieces.failure);
      assertTimeout(pieces.failure.join(), "total");
    }
  }

  @Test
  void aConnectionThatCannotBeOpenedTimesOut() throws Exception {
    try (var full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        var fixture = fixture(new Deadlines(SHORT, LONG, LONG, LONG, LONG))) {
      List<Socket> fill = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Socket socket = new Socket();
        fill.add(socket);
        Thread.ofVirtual().start(() -> connect(socket, full));
      }
      Eventually.soon(() -> fill.stream().filter(Socket::isConnected).count() >= 2);
      AsyncProducer producer = fixture.provider("x", "http://127.0.0.1:" + full.getLocalPort());
      var reply = fixture.send(producer, UpstreamFixture.request(false));
      endsAfterShort(reply);
      assertTimeout(UpstreamFixture.problem(reply), "connect");
      Eventually.soon(() -> fixture.state().openConnections() == 0);
      for (Socket socket : fill) {
        socket.close();
      }
    }
  }

  private static void connect(Socket socket, ServerSocket server) {
    try {
      socket.connect(server.getLocalSocketAddress());
    } catch (java.io.IOException e) {
      // The queue is full, as intended.
    }
  }

  /** The problem of a call whose deadline passes after its request has arrived. */
  private ProviderProblem late(
      UpstreamFixture fixture, FakeProvider provider, ProviderRequest request) throws Exception {
    var reply = fixture.send(fixture.provider("x", provider.baseUrl()), request);
    Eventually.soon(() -> !provider.requests.isEmpty());
    endsAfterShort(reply);
    return UpstreamFixture.problem(reply);
  }

  /** The deadline is checked from time to time: until then more time may pass. */
  private void endsAfterShort(CompletableFuture<?> ended) {
    time.pass(SHORT);
    Eventually.stays(Duration.ofMillis(300), () -> !ended.isDone());
    Eventually.soon(
        () -> {
          time.pass(Duration.ofMinutes(1));
          return ended.isDone();
        });
  }

  private static FakeProvider silent() throws Exception {
    return new FakeProvider(
        c -> {
          c.read();
          c.awaitClosed();
        });
  }

  private static FakeProvider stopsAfterHead() throws Exception {
    return new FakeProvider(
        c -> {
          c.read();
          c.streamHead();
          c.awaitClosed();
        });
  }

  /** Sends one piece of a body, and then nothing more. */
  private static FakeProvider stopsAfter(String piece) throws Exception {
    return new FakeProvider(
        c -> {
          c.read();
          c.streamHead();
          c.chunk(piece);
          c.awaitClosed();
        });
  }

  private UpstreamFixture fixture(Deadlines deadlines) {
    return new UpstreamFixture(
        new UpstreamLimits(
            deadlines, UpstreamFixture.POOL, BreakerLimits.defaults(), ProxyRules.NONE),
        time,
        NetworkResources.Overrides.NONE);
  }

  private static void assertTimeout(GatewayProblem problem, String deadline) {
    ProviderProblem late = (ProviderProblem) problem;
    assertThat(late.failureCause())
        .isEqualTo(
            deadline.equals("connect") ? FailureCause.CONNECT_TIMEOUT : FailureCause.TIMEOUT);
    assertThat(late.detail().orElse("")).contains("the deadline " + deadline + " has passed, see ");
  }

  /** A clock that stands still between two calls of {@link #pass}. */
  private static final class Time implements Ticker {
    private final AtomicLong nanos = new AtomicLong(1);

    void pass(Duration time) {
      nanos.addAndGet(time.toNanos());
    }

    @Override
    public long nanos() {
      return nanos.get();
    }
  }
}

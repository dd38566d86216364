package dev.serai.adapters.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.net.DeadlineOverrides;
import dev.serai.core.net.Deadlines;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.problem.ProviderProblem.Fault;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncProducer;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(500);

  @Test
  void aProviderThatSendsNothingTimesOut() throws Exception {
    Eventually.inOneOfThree(DeadlineTest::silence);
  }

  private static void silence() throws Exception {
    try (var provider = silent();
        var fixture = fixture(new Deadlines(LONG, SHORT, LONG, LONG, LONG))) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      for (boolean streaming : new boolean[] {false, true}) {
        long start = System.nanoTime();
        ProviderProblem problem =
            UpstreamFixture.problem(fixture.send(producer, UpstreamFixture.request(streaming)));
        assertThat(problem.fault()).isEqualTo(Fault.TIMEOUT);
        assertThat(problem.status()).isEqualTo(504);
        assertInTime(start);
      }
      Eventually.soon(() -> provider.open() == 0);
    }
  }

  @Test
  void theDeadlinesOfAModelReplaceThoseOfAllProviders() throws Exception {
    try (var provider = silent();
        var fixture = fixture(new Deadlines(LONG, Duration.ofHours(1), LONG, LONG, LONG))) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      DeadlineOverrides own =
          new DeadlineOverrides(Optional.of(SHORT), Optional.empty(), Optional.empty());
      ProviderProblem problem =
          UpstreamFixture.problem(
              fixture.send(producer, UpstreamFixture.request(false).within(own)));
      assertThat(problem.fault()).isEqualTo(Fault.TIMEOUT);
      assertThat(problem.detail().orElse(""))
          .contains("no reply", "the deadline first_token has passed, see upstream.deadlines");
    }
  }

  @Test
  void aStreamWithoutATokenTimesOut() throws Exception {
    Eventually.inOneOfThree(DeadlineTest::headOnly);
  }

  private static void headOnly() throws Exception {
    try (var provider = stopsAfterHead();
        var fixture = fixture(new Deadlines(LONG, SHORT, LONG, LONG, LONG))) {
      long start = System.nanoTime();
      StreamRecorder pieces = fixture.stream(fixture.provider("x", provider.baseUrl())).open();
      assertTimeout(UpstreamFixture.await(pieces.failure));
      assertInTime(start);
    }
  }

  @Test
  void aStreamThatStopsInTheMiddleTimesOut() throws Exception {
    Eventually.inOneOfThree(DeadlineTest::stopInTheMiddle);
  }

  private static void stopInTheMiddle() throws Exception {
    CompletableFuture<Long> last = new CompletableFuture<>();
    try (var provider = stopsAfter("data: 1\n\n", last);
        var fixture = fixture(new Deadlines(LONG, LONG, SHORT, LONG, LONG))) {
      StreamRecorder pieces = fixture.stream(fixture.provider("x", provider.baseUrl())).open();
      assertTimeout(UpstreamFixture.await(pieces.failure));
      assertInTime(UpstreamFixture.await(last));
      Eventually.soon(() -> provider.open() == 0);
    }
  }

  @Test
  void aNonStreamingReplyThatStopsInTheMiddleTimesOut() throws Exception {
    Eventually.inOneOfThree(DeadlineTest::wholeStopsInTheMiddle);
  }

  private static void wholeStopsInTheMiddle() throws Exception {
    CompletableFuture<Long> last = new CompletableFuture<>();
    try (var provider = stopsAfter("{", last);
        var fixture = fixture(new Deadlines(LONG, LONG, LONG, SHORT, LONG))) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      assertTimeout(
          UpstreamFixture.problem(fixture.send(producer, UpstreamFixture.request(false))));
      assertInTime(UpstreamFixture.await(last));
      Eventually.soon(() -> provider.open() == 0);
    }
  }

  @Test
  void aReplyWithOnlyAHeadTimesOut() throws Exception {
    Eventually.inOneOfThree(DeadlineTest::wholeHeadOnly);
  }

  private static void wholeHeadOnly() throws Exception {
    try (var provider = stopsAfterHead();
        var fixture = fixture(new Deadlines(LONG, SHORT, LONG, LONG, LONG))) {
      long start = System.nanoTime();
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      assertTimeout(
          UpstreamFixture.problem(fixture.send(producer, UpstreamFixture.request(false))));
      assertInTime(start);
    }
  }

  @Test
  void anEndlessStreamEndsAtTheTotalDeadline() throws Exception {
    Eventually.inOneOfThree(DeadlineTest::endless);
  }

  private static void endless() throws Exception {
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  c.streamHead();
                  while (true) {
                    c.chunk("data: 1\n\n");
                    java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
                  }
                });
        var fixture = fixture(new Deadlines(LONG, LONG, LONG, LONG, SHORT))) {
      long start = System.nanoTime();
      StreamRecorder pieces = fixture.stream(fixture.provider("x", provider.baseUrl())).open();
      assertTimeout(UpstreamFixture.await(pieces.failure));
      assertInTime(start);
    }
  }

  @Test
  void aConnectionThatCannotBeOpenedTimesOut() throws Exception {
    Eventually.inOneOfThree(DeadlineTest::fullBacklog);
  }

  private static void fullBacklog() throws Exception {
    try (var full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        var fixture = fixture(new Deadlines(SHORT, LONG, LONG, LONG, LONG))) {
      List<Socket> fill = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Socket socket = new Socket();
        fill.add(socket);
        Thread.ofVirtual().start(() -> connect(socket, full));
      }
      Eventually.stays(Duration.ofMillis(200), () -> true);
      AsyncProducer producer = fixture.provider("x", "http://127.0.0.1:" + full.getLocalPort());
      long start = System.nanoTime();
      assertTimeout(
          UpstreamFixture.problem(fixture.send(producer, UpstreamFixture.request(false))));
      assertInTime(start);
      assertThat(fixture.state().openConnections()).isZero();
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

  /** Sends one piece of a body, says when, and then nothing more. */
  private static FakeProvider stopsAfter(String piece, CompletableFuture<Long> sent)
      throws Exception {
    return new FakeProvider(
        c -> {
          c.read();
          c.streamHead();
          c.chunk(piece);
          sent.complete(System.nanoTime());
          c.awaitClosed();
        });
  }

  private static UpstreamFixture fixture(Deadlines deadlines) {
    return new UpstreamFixture(deadlines, UpstreamFixture.POOL);
  }

  private static void assertTimeout(GatewayProblem problem) {
    assertThat(((ProviderProblem) problem).fault()).isEqualTo(Fault.TIMEOUT);
  }

  private static void assertInTime(long start) {
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(SHORT.minusMillis(250), SHORT.plusMillis(250));
  }
}

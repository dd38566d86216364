package dev.serai.gateway.edge;

import static dev.serai.gateway.edge.EdgeUnderTest.eventually;
import static dev.serai.gateway.edge.EdgeUnderTest.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import io.netty.util.concurrent.EventExecutor;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Draining: running requests finish before the server stops. */
class EdgeDrainTest {
  private final ScriptedStream stream = new ScriptedStream();
  private EdgeUnderTest edge;

  @BeforeEach
  void serve() throws Exception {
    edge =
        new EdgeUnderTest(EdgeSettings.defaults())
            .route(
                "/stream",
                "",
                exchange ->
                    exchange
                        .getMessage()
                        .setBody(new Reply.Streaming(200, new HeaderFields(), stream)))
            .route("/page", "", says("page"))
            .route("/health/ready", "", says("draining"))
            .route("/health-report", "", says("report"))
            .start();
  }

  @AfterEach
  void stop() throws Exception {
    edge.close();
  }

  @Test
  void aStreamFinishesIdleConnectionsCloseAndNewOnesAreRefused() throws Exception {
    try (RawClient idle = edge.connect();
        RawClient streaming = edge.connect();
        RawClient half = edge.connect()) {
      idle.get("/page").read();
      streaming.get("/stream");
      stream.piece("a").batchEnd();
      half.send("GET /page HTTP/1.1\r\n");
      eventually("all is there", () -> edge.component().load().connections() == 3);
      CompletableFuture<Boolean> drained = drain(Duration.ofSeconds(30));

      assertThat(idle.rest()).isEmpty();
      try (RawClient late = edge.connect();
          RawClient probe = edge.connect()) {
        assertRefused(late.get("/page").read());
        assertThat(probe.get("/health/ready").read().body()).isEqualTo("draining");
        assertThat(probe.rest()).isEmpty();
      }
      try (RawClient report = edge.connect()) {
        assertRefused(report.get("/health-report").read());
      }
      assertRefused(half.send("Host: h\r\n\r\n").read());
      assertThat(half.rest()).isEmpty();
      assertThat(drained).isNotDone();

      stream.piece("b").batchEnd();
      stream.end();
      assertThat(streaming.read().body()).isEqualTo("ab");
      assertThat(streaming.rest()).isEmpty();
      assertThat(drained.join()).isTrue();
      assertThat(isRefused()).isTrue();
    }
  }

  @Test
  void newRequestsAreServedDuringTheGrace() throws Exception {
    CompletableFuture<Boolean> drained = drain(Duration.ofSeconds(1), Duration.ofSeconds(30));
    try (RawClient client = edge.connect()) {
      assertThat(client.get("/page").read().body()).isEqualTo("page");
    }
    assertThat(drained.join()).isTrue();
  }

  @Test
  void aRequestWithoutAReplyReceivesTheReasonWhyItIsCutOff() throws Exception {
    Waits step = new Waits();
    try (EdgeUnderTest waiting =
            new EdgeUnderTest(EdgeSettings.defaults()).route("/wait", "", step).start();
        RawClient client = waiting.connect()) {
      client.get("/wait");
      eventually("it runs", () -> waiting.component().load().inFlight() == 1);
      assertThat(waiting.component().drain(Duration.ZERO, Duration.ofMillis(50), () -> {}))
          .isFalse();
      assertRefused(client.read());
      assertThat(client.rest()).isEmpty();
      step.goOn();
    }
  }

  /** The event loops are too busy to accept: the kernel has the connections and their requests. */
  @Test
  void connectionsThatWaitToBeAcceptedReceiveThatTheGatewayStops() throws Exception {
    CountDownLatch busy = occupyLoops();
    List<RawClient> waiting = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      waiting.add(edge.connect().get("/page"));
    }
    CompletableFuture<Boolean> drained = drain(Duration.ofSeconds(30));
    eventually("it drains", () -> edge.component().server().isDraining());
    busy.countDown();

    for (RawClient client : waiting) {
      try (client) {
        assertRefused(client.read());
        assertThat(client.rest()).isEmpty();
      }
    }
    assertThat(drained.join()).isTrue();
    assertThat(isRefused()).isTrue();
  }

  /** The same for connections that are there already: fresh ones, and one that was kept. */
  @Test
  void aRequestThatHasArrivedUnreadReceivesThatTheGatewayStops() throws Exception {
    RawClient kept = edge.connect();
    assertThat(kept.get("/page").read().body()).isEqualTo("page");
    List<RawClient> idle = new ArrayList<>(List.of(kept));
    for (int i = 0; i < 20; i++) {
      idle.add(edge.connect());
    }
    eventually("all are there", () -> edge.component().load().connections() == idle.size());
    CountDownLatch busy = occupyLoops();
    for (RawClient client : idle) {
      client.get("/page");
    }
    CompletableFuture<Boolean> drained = drain(Duration.ofSeconds(30));
    eventually("it drains", () -> edge.component().server().isDraining());
    busy.countDown();

    for (RawClient client : idle) {
      try (client) {
        assertRefused(client.read());
      }
    }
    assertThat(drained.join()).isTrue();
  }

  /** Keeps all event loops busy until the latch is counted down. */
  private CountDownLatch occupyLoops() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    for (EventExecutor loop : edge.component().loops()) {
      CountDownLatch begun = new CountDownLatch(1);
      loop.execute(
          () -> {
            begun.countDown();
            spinUntil(end);
          });
      begun.await();
    }
    return end;
  }

  private static void spinUntil(CountDownLatch end) {
    long latest = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    boolean late = false;
    while (end.getCount() > 0 && !late) { // anything else is a blocking call
      late = System.nanoTime() > latest;
    }
    assertThat(late).as("the test has not freed the event loop").isFalse();
  }

  /** A step that ends when the test says so. */
  private static final class Waits extends AsyncProcessorSupport {
    private final AtomicReference<AsyncCallback> waiting = new AtomicReference<>();

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      waiting.set(callback);
      return false;
    }

    void goOn() {
      Objects.requireNonNull(waiting.get()).done(false);
    }
  }

  @Test
  void requestsThatDoNotFinishInTimeAreCutOff() throws Exception {
    try (RawClient streaming = edge.connect()) {
      streaming.get("/stream");
      stream.piece("a").batchEnd();
      streaming.line();
      assertThat(drain(Duration.ofMillis(100)).join()).isFalse();
      streaming.rest();
      eventually("the source is cancelled", () -> stream.cancels.get() == 1);
      assertThat(isRefused()).isTrue();
    }
  }

  @Test
  void drainingAnIdleServerFinishesAtOnce() {
    assertThat(drain(Duration.ofSeconds(30)).join()).isTrue();
  }

  private static void assertRefused(RawClient.Reply reply) {
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.header("retry-after")).isPresent();
    assertThat(reply.header("connection")).contains("close");
  }

  private boolean isRefused() {
    try (RawClient client = edge.connect()) {
      return false;
    } catch (ConnectException e) {
      return true;
    } catch (java.io.IOException e) {
      return false;
    }
  }

  private CompletableFuture<Boolean> drain(Duration atMost) {
    return drain(Duration.ZERO, atMost);
  }

  private CompletableFuture<Boolean> drain(Duration grace, Duration atMost) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return edge.component().drain(grace, atMost, () -> {});
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}

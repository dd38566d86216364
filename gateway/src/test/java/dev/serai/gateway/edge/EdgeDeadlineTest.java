package dev.serai.gateway.edge;

import static dev.serai.gateway.edge.EdgeUnderTest.eventually;
import static dev.serai.gateway.edge.EdgeUnderTest.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.gateway.edge.RawClient.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deadlines for slow clients. */
class EdgeDeadlineTest {
  private static final Duration SLACK = Duration.ofMillis(700);

  private final ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor();
  private EdgeUnderTest edge;

  @BeforeEach
  void serve() throws Exception {
    edge = EdgeUnderTest.quick().route("/echo", "", says("ok")).start();
  }

  @AfterEach
  void stop() throws Exception {
    drip.shutdownNow();
    edge.close();
  }

  @Test
  void aHeadThatDripsInIsAnswered408AtItsDeadline() throws Exception {
    Duration deadline = EdgeUnderTest.QUICK.headerDeadline();
    List<Duration> took = List.of(dripHead(), dripHead(), dripHead());
    // A machine that is busy with something else makes it longer, never shorter.
    assertThat(took).allSatisfy(one -> assertThat(one).isGreaterThan(deadline.minusMillis(50)));
    assertThat(Collections.min(took)).isLessThan(deadline.plus(SLACK));
    eventually("the connections are gone", () -> edge.component().load().connections() == 0);
  }

  private Duration dripHead() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(Traps.HALF_A_HEAD);
      long begun = System.nanoTime();
      drip.scheduleAtFixedRate(() -> send(client, "X-A: b\r\n"), 50, 50, TimeUnit.MILLISECONDS);
      assertTimedOut(client.read());
      return Duration.ofNanos(System.nanoTime() - begun);
    }
  }

  @Test
  void theHeadOfALaterRequestHasTheSameDeadline() throws Exception {
    try (RawClient client = edge.connect()) {
      assertThat(client.get("/echo").read().status()).isEqualTo(200);
      client.send("GET /echo HT");
      assertTimedOut(client.read());
    }
  }

  @Test
  void aBodyThatDripsInIsAnswered408() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(Traps.HEAD_OF_A_BODY);
      drip.scheduleAtFixedRate(() -> send(client, "x"), 50, 50, TimeUnit.MILLISECONDS);
      assertTimedOut(client.read());
    }
    eventually("nothing is in flight", () -> edge.component().load().inFlight() == 0);
  }

  @Test
  void aBodyThatMeetsTheMinimumRateMayTakeLongerThanTheDeadline() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 4000\r\n\r\n");
      drip.scheduleAtFixedRate(() -> send(client, "x".repeat(200)), 50, 50, TimeUnit.MILLISECONDS);
      assertThat(client.read().status()).isEqualTo(200);
    }
  }

  @Test
  void anIdleConnectionIsClosedSilently() throws Exception {
    try (RawClient fresh = edge.connect();
        RawClient used = edge.connect()) {
      assertThat(used.get("/echo").read().status()).isEqualTo(200);
      assertThat(fresh.rest()).isEmpty();
      assertThat(used.rest()).isEmpty();
    }
  }

  private static void assertTimedOut(Reply reply) {
    assertThat(reply.status()).isEqualTo(408);
    assertThat(reply.body()).contains("request_timeout");
    assertThat(reply.header("x-request-id")).isPresent();
    assertThat(reply.header("connection")).contains("close");
  }

  private static void send(RawClient client, String text) {
    try {
      client.send(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

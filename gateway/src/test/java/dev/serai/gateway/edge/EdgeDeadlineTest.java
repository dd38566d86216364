package dev.serai.gateway.edge;

import static dev.serai.gateway.edge.EdgeUnderTest.eventually;
import static dev.serai.gateway.edge.EdgeUnderTest.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.gateway.edge.RawClient.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that take their time. */
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
    try (RawClient client = edge.connect()) {
      client.send("POST /echo HTTP/1.1\r\nHost: h\r\n");
      long begun = System.nanoTime();
      drip.scheduleAtFixedRate(() -> send(client, "X-A: b\r\n"), 50, 50, TimeUnit.MILLISECONDS);
      assertTimedOut(client.read());
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isBetween(
              EdgeUnderTest.QUICK.headerDeadline().minusMillis(50),
              EdgeUnderTest.QUICK.headerDeadline().plus(SLACK));
    }
    eventually("the connection is gone", () -> edge.component().load().connections() == 0);
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
      client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5000\r\n\r\n");
      drip.scheduleAtFixedRate(() -> send(client, "x"), 50, 50, TimeUnit.MILLISECONDS);
      assertTimedOut(client.read());
    }
    eventually("nothing is in flight", () -> edge.component().load().inFlight() == 0);
  }

  @Test
  void aBodyThatKeepsThePaceMayTakeLongerThanTheDeadline() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 4000\r\n\r\n");
      drip.scheduleAtFixedRate(() -> send(client, "x".repeat(200)), 50, 50, TimeUnit.MILLISECONDS);
      assertThat(client.read().status()).isEqualTo(200);
    }
  }

  @Test
  void anIdleConnectionIsClosedWithoutAWord() throws Exception {
    try (RawClient fresh = edge.connect();
        RawClient used = edge.connect()) {
      assertThat(used.get("/echo").read().status()).isEqualTo(200);
      assertThat(fresh.rest()).isEmpty();
      assertThat(used.rest()).isEmpty();
    }
  }

  private static void assertTimedOut(Answer answer) {
    assertThat(answer.status()).isEqualTo(408);
    assertThat(answer.body()).contains("request_timeout");
    assertThat(answer.header("x-request-id")).isPresent();
    assertThat(answer.header("connection")).contains("close");
  }

  private static void send(RawClient client, String text) {
    try {
      client.send(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

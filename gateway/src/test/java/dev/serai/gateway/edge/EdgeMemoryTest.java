package dev.serai.gateway.edge;

import static dev.serai.gateway.edge.EdgeUnderTest.eventually;
import static dev.serai.gateway.edge.EdgeUnderTest.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import dev.serai.core.limit.ByteLimit;
import dev.serai.gateway.telemetry.RequestMeters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is held for clients is counted, bounded, and given back however a request ends. */
class EdgeMemoryTest {
  private static final int CAPACITY = 200_000;
  private static final int TIMES_HELD = 4;
  private static final int LARGE = 40_000;

  private ByteLimit memory = new ByteLimit(CAPACITY);
  private final ScriptedStream stream = new ScriptedStream();
  private EdgeUnderTest edge;

  @BeforeEach
  void serve() throws Exception {
    edge =
        new EdgeUnderTest(EdgeUnderTest.SMALL, RequestMeters.NONE, memory)
            .route("/page", "", says("page"))
            .route("/large", "", says("x".repeat(200_000)))
            .route(
                "/stream",
                "",
                exchange ->
                    exchange
                        .getMessage()
                        .setBody(new Reply.Streaming(200, new HeaderFields(), stream)))
            .start();
  }

  private void restart() throws Exception {
    stop();
    serve();
  }

  @AfterEach
  void stop() throws Exception {
    edge.close();
  }

  @Test
  void anIdleClientTakesNothingHoweverMuchItAnnounces() throws Exception {
    try (RawClient idle = begin("Content-Length: " + LARGE);
        RawClient other = begin("Content-Length: " + LARGE)) {
      eventually("both run", () -> edge.component().load().inFlight() == 2);
      assertThat(memory.taken()).isZero();
      other.send("x".repeat(LARGE));
      assertThat(other.read().body()).isEqualTo("page");
      assertThat(idle.socket().isConnected()).isTrue();
    }
    assertNothingHeld();
  }

  @Test
  void anUnfinishedBodyLeavesNoRoomForAnotherUntilItsClientHasDisconnected() throws Exception {
    try (RawClient first = begin("Content-Length: " + LARGE)) {
      first.send("x".repeat(LARGE - 1));
      eventually("it is counted", () -> memory.taken() == (long) TIMES_HELD * LARGE);
      try (RawClient second = begin("Content-Length: " + LARGE)) {
        assertExhausted(second.read());
      }
      try (RawClient small = edge.connect()) {
        assertThat(small.post("/page", "{}").read().body()).isEqualTo("page");
      }
      assertThat(memory.taken()).isEqualTo((long) TIMES_HELD * LARGE);
    }
    assertNothingHeld();
    try (RawClient third = edge.connect()) {
      assertThat(third.post("/page", "x".repeat(LARGE)).read().body()).isEqualTo("page");
    }
    assertNothingHeld();
  }

  @Test
  void aBodyWithoutALengthIsCountedAsItGrows() throws Exception {
    try (RawClient first = begin("Transfer-Encoding: chunked");
        RawClient second = begin("Transfer-Encoding: chunked")) {
      chunk(first, 30_000);
      eventually("it is counted", () -> memory.taken() >= TIMES_HELD * 30_000L);
      chunk(second, 30_000);
      assertExhausted(second.read());
      first.send("0\r\n\r\n");
      assertThat(first.read().body()).isEqualTo("page");
    }
    assertNothingHeld();
  }

  @Test
  void aBodyThatNeverFitsIsTooLarge() throws Exception {
    try (RawClient client = begin("Content-Length: " + (CAPACITY / TIMES_HELD + 1))) {
      RawClient.Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(413);
      assertThat(reply.body()).contains("over the limit of " + CAPACITY / TIMES_HELD + " bytes");
    }
    assertNothingHeld();
  }

  @Test
  void aBodyOfManySmallValuesTakesTheRoomOfItsObjects() throws Exception {
    memory = new ByteLimit(3_000_000);
    restart();
    String values = "[" + "{\"a\":1},".repeat(5_000) + "{}]";
    try (RawClient client = edge.connect()) {
      client.post("/stream", values);
      stream.piece("a").batchEnd();
      client.line();
      assertThat(memory.taken()).isBetween(40L * values.length(), 3_000_000L);
      stream.end();
    }
    assertNothingHeld();
    try (RawClient client = edge.connect()) {
      RawClient.Reply refused = client.post("/page", values + values.substring(0, 20_000)).read();
      assertThat(refused.status()).isEqualTo(413);
      assertThat(refused.body()).contains("more values than", "server.memory_limit_megabytes");
    }
    assertNothingHeld();
  }

  @Test
  void aBodyIsHeldUntilTheReplyIsWrittenOrItsStreamHasEnded() throws Exception {
    try (RawClient client = edge.connect()) {
      client.post("/stream", "x".repeat(LARGE));
      stream.piece("a").batchEnd();
      client.line();
      assertThat(memory.taken()).isGreaterThanOrEqualTo((long) TIMES_HELD * LARGE);
      stream.end();
      assertNothingHeld();
    }
    assertNothingHeld();
  }

  @Test
  void aReplyThatItsClientDoesNotReadIsCountedUntilTheClientHasDisconnected() throws Exception {
    try (RawClient deaf = edge.connect()) {
      for (int i = 0; i < 200; i++) {
        deaf.get("/large");
      }
      eventually("the socket is full", () -> memory.taken() > CAPACITY);
      try (RawClient other = begin("Content-Length: 1000")) {
        assertExhausted(other.read());
      }
    }
    assertNothingHeld();
  }

  private RawClient begin(String field) throws Exception {
    return edge.connect().send("POST /page HTTP/1.1\r\nHost: h\r\n" + field + "\r\n\r\n");
  }

  private static void chunk(RawClient client, int size) throws Exception {
    client.send(Integer.toHexString(size) + "\r\n" + "x".repeat(size) + "\r\n");
  }

  private static void assertExhausted(RawClient.Reply reply) {
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.header("retry-after")).contains("1");
    assertThat(reply.body()).contains("memory_exhausted");
  }

  private void assertNothingHeld() {
    eventually("nothing is held", () -> memory.taken() == 0);
  }
}

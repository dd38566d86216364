package dev.serai.gateway.edge;

import static dev.serai.gateway.edge.EdgeUnderTest.eventually;
import static dev.serai.gateway.edge.EdgeUnderTest.says;
import static dev.serai.gateway.edge.Http2Frames.CONTINUATION;
import static dev.serai.gateway.edge.Http2Frames.DATA;
import static dev.serai.gateway.edge.Http2Frames.END_HEADERS;
import static dev.serai.gateway.edge.Http2Frames.END_STREAM;
import static dev.serai.gateway.edge.Http2Frames.HEADERS;
import static dev.serai.gateway.edge.Http2Frames.PING;
import static dev.serai.gateway.edge.Http2Frames.RST_STREAM;
import static dev.serai.gateway.edge.Http2Frames.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that abuse HTTP/2 lose their connection, and cost little until then. */
class Http2AbuseTest {
  private static final int ENHANCE_YOUR_CALM = 11;
  private static final int REFUSED_STREAM = 7;
  private static final byte[] NO_BYTES = {};
  private static final byte[] CANCEL = {0, 0, 0, 8};

  private final ScriptedStream stream = new ScriptedStream();
  private EdgeUnderTest edge;
  private Http2Frames client;

  @BeforeEach
  void serve() throws Exception {
    edge =
        EdgeUnderTest.small()
            .route("/page", "", says("page"))
            .route(
                "/stream",
                "",
                e -> e.getMessage().setBody(new Reply.Streaming(200, new HeaderFields(), stream)))
            .start();
    client = new Http2Frames(edge.port());
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    eventually("nothing is left", () -> edge.component().load().connections() == 0);
    eventually("nothing runs", () -> edge.component().load().inFlight() == 0);
    edge.close();
  }

  private void begin(int id, String path) throws IOException {
    client.frame(HEADERS, END_HEADERS | END_STREAM, id, Http2Frames.get(path));
  }

  private void assertThrownOut() throws IOException {
    assertThat(client.closingError().orElse(ENHANCE_YOUR_CALM)).isEqualTo(ENHANCE_YOUR_CALM);
  }

  private void assertClosed() throws IOException {
    assertThat(client.closingError().orElse(ENHANCE_YOUR_CALM)).isPositive();
  }

  /** Sends until the server closes. */
  private void flood(int times, Attack one) {
    try {
      for (int i = 0; i < times; i++) {
        one.send(i);
      }
      client.flush();
    } catch (IOException e) {
      assertThat(e).isInstanceOf(SocketException.class);
    }
  }

  private interface Attack {
    void send(int number) throws IOException;
  }

  @Test
  void theFramesOfTheTestAreUnderstood() throws Exception {
    begin(1, "/page");
    assertThat(client.next(DATA).payload()).asString(StandardCharsets.US_ASCII).isEqualTo("page");
  }

  @Test
  void rapidResetsCostTheConnection() throws Exception {
    flood(
        1000,
        i -> {
          begin(2 * i + 1, "/stream");
          client.frame(RST_STREAM, 0, 2 * i + 1, CANCEL);
        });
    assertThrownOut();
    eventually("no stream is left", () -> edge.component().load().streams() == 0);
  }

  @Test
  void moreStreamsThanTheLimitAreRefusedEvenBeforeTheSettingsAreAcknowledged() throws Exception {
    for (int i = 0; i < 101; i++) {
      begin(2 * i + 1, "/stream");
    }
    Http2Frames.Frame refused = client.next(RST_STREAM);
    assertThat(refused.stream()).isEqualTo(201);
    assertThat(refused.error()).isEqualTo(REFUSED_STREAM);
    assertThat(edge.component().load().inFlight()).isEqualTo(100);
  }

  @Test
  void aHeadOfManyShortContinuationsCostsTheConnection() throws Exception {
    client.frame(HEADERS, END_STREAM, 1, Http2Frames.get("/page"));
    flood(1000, _ -> client.frame(CONTINUATION, 0, 1, NO_BYTES));
    assertThrownOut();
  }

  @Test
  void aHeadWithoutAnEndCostsTheConnection() throws Exception {
    client.frame(HEADERS, END_STREAM, 1, Http2Frames.get("/page"));
    byte[] piece = new byte[16_000];
    flood(1000, _ -> client.frame(CONTINUATION, 0, 1, piece));
    assertClosed();
  }

  /** One entry of the table, referred to by one byte each time. */
  @Test
  void aCompressedBombIsNotDecompressed() throws Exception {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.writeBytes(Http2Frames.get("/page"));
    block.write(0x40);
    Http2Frames.text(block, "x-bomb");
    Http2Frames.text(block, "b".repeat(4000));
    for (int i = 0; i < 10_000; i++) {
      block.write(0x80 | 62);
    }
    client.frame(HEADERS, END_HEADERS | END_STREAM, 1, block.toByteArray()).flush();
    assertClosed();
  }

  @Test
  void emptyDataCostsTheConnection() throws Exception {
    client.frame(HEADERS, END_HEADERS, 1, Http2Frames.get("/page"));
    flood(1000, _ -> client.frame(DATA, 0, 1, NO_BYTES));
    assertThrownOut();
  }

  @Test
  void answersToPingsThatAreNotReadCostTheConnection() throws Exception {
    flood(3_000_000, _ -> client.frame(PING, 0, 0, new byte[8]));
    assertClosed();
  }

  @Test
  void answersToSettingsThatAreNotReadCostTheConnection() throws Exception {
    flood(3_000_000, _ -> client.frame(SETTINGS, 0, 0, NO_BYTES));
    assertClosed();
  }

  @Test
  void streamsThatBreakTheProtocolAgainAndAgainCostTheConnection() throws Exception {
    byte[] nothing = new byte[4];
    flood(
        1000,
        i -> {
          begin(2 * i + 1, "/stream");
          client.frame(8, 0, 2 * i + 1, nothing); // WINDOW_UPDATE by 0
        });
    assertThrownOut();
    eventually("no stream is left", () -> edge.component().load().streams() == 0);
  }

  @Test
  void whatIsNotHttp2AfterThePrefaceIsAnError() throws Exception {
    client.frame(PING, 0, 0, new byte[7]).flush();
    assertClosed();
  }
}

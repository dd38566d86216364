package dev.serai.gateway.edge;

import static dev.serai.gateway.edge.EdgeUnderTest.eventually;
import static dev.serai.gateway.edge.EdgeUnderTest.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import dev.serai.core.websocket.Close;
import dev.serai.core.websocket.Frame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A WebSocket connection through the edge: handshake, frames both ways, closing. */
class EdgeSocketTest {
  private final ScriptedSocket other = new ScriptedSocket();
  private EdgeUnderTest edge;

  @BeforeEach
  void serve() throws Exception {
    edge =
        EdgeUnderTest.small()
            .socket(
                "/live",
                "",
                exchange ->
                    exchange
                        .getMessage()
                        .setBody(
                            new Reply.Upgraded(
                                new HeaderFields().add("sec-websocket-protocol", "realtime"),
                                other.of(exchange))))
            .socket("/refused", "", says("no"))
            .route("/plain", "", says("plain"))
            .start();
  }

  @AfterEach
  void stop() throws Exception {
    edge.close();
  }

  @Test
  void theHandshakeIsAnsweredAndFramesPassBothWays() throws Exception {
    try (SocketClient client = new SocketClient(edge.port())) {
      assertThat(client.handshake("/live?model=m", ""))
          .contains(
              "HTTP/1.1 101 Switching Protocols",
              "upgrade: websocket",
              "sec-websocket-protocol: realtime",
              "sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      client.text("hello").send(0x80 | SocketClient.PING, new byte[] {7});
      eventually("both frames arrive", () -> other.received.size() == 2);
      assertThat(other.received.get(0).payload())
          .isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
      assertThat(other.received.get(1).kind()).isEqualTo(Frame.Kind.PING);
      other.onLoop(
          () -> {
            other.peer().onFrame(new Frame(Frame.Kind.PONG, true, new byte[] {7}));
            other.peer().onBatchEnd();
          });
      assertThat(client.read().opcode()).isEqualTo(SocketClient.PONG);
    }
    eventually("the other end learns that the client is lost", () -> isClosed(Close.ABNORMAL));
    eventually("nothing is in flight", () -> edge.component().load().inFlight() == 0);
  }

  @Test
  void aCloseOfTheClientIsCarriedAndAnswered() throws Exception {
    try (SocketClient client = SocketClient.open(edge.port(), "/live")) {
      client.close(3000);
      SocketClient.Received close = client.read();
      assertThat(close.opcode()).isEqualTo(SocketClient.CLOSE);
      assertThat(close.code()).isEqualTo(3000);
      assertThat(client.isClosedByServer()).isTrue();
    }
    assertThat(isClosed(3000)).isTrue();
  }

  @Test
  void aCloseOfTheOtherEndIsCarriedWithItsReason() throws Exception {
    try (SocketClient client = SocketClient.open(edge.port(), "/live")) {
      eventually("open", other::isOpen);
      other.onLoop(() -> other.peer().onClose(new Close(4001, "session expired")));
      SocketClient.Received close = client.read();
      assertThat(close.code()).isEqualTo(4001);
      assertThat(close.text()).endsWith("session expired");
      // without an answer of the client
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void anEndThatTakesNoMoreStopsTheClient() throws Exception {
    other.writable = false;
    try (SocketClient client = SocketClient.open(edge.port(), "/live")) {
      byte[] megabyte = SocketClient.frame(0x82, new byte[100_000]);
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (int i = 0; i < 200; i++) {
                    client.raw(megabyte);
                  }
                } catch (java.io.IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      eventually("the first frame arrives", () -> !other.received.isEmpty());
      for (int i = 0; i < 50; i++) {
        edge.settle();
      }
      assertThat(other.bytes.get()).isLessThan(5_000_000);
      assertThat(sending).isNotDone();
      other.writable = true;
      other.onLoop(() -> other.peer().onWritable());
      sending.get(30, TimeUnit.SECONDS);
      eventually("all arrives", () -> other.bytes.get() == 200 * 100_000);
    }
  }

  @Test
  void aClientThatDoesNotReadPausesTheOtherEnd() throws Exception {
    try (SocketClient client = SocketClient.open(edge.port(), "/live")) {
      eventually("open", other::isOpen);
      int sent = 0;
      while (!other.events.contains("paused")) {
        assertThat(sent++).as("frames of 16 KiB that no client has read").isLessThan(10_000);
        other.onLoop(
            () -> other.peer().onFrame(new Frame(Frame.Kind.BINARY, true, new byte[16_384])));
        edge.settle();
      }
      for (int read = 0; read < sent && !other.events.contains("resumed"); read++) {
        client.read();
      }
      eventually("the other end goes on", () -> other.events.contains("resumed"));
    }
  }

  @Test
  void aStopSendsAnErrorAndAClose() throws Exception {
    try (SocketClient client = SocketClient.open(edge.port(), "/live")) {
      eventually("open", other::isOpen);
      Thread draining =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      edge.component().drain(Duration.ZERO, Duration.ofMillis(50), () -> {});
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      assertThat(client.read().text()).isEqualTo("error shutting_down");
      assertThat(client.read().code()).isEqualTo(Close.GOING_AWAY);
      client.close(Close.GOING_AWAY);
      assertThat(client.isClosedByServer()).isTrue();
      draining.join();
    }
  }

  @Test
  void aRouteMayRefuseTheConnection() throws Exception {
    try (SocketClient client = new SocketClient(edge.port())) {
      assertThat(client.handshake("/refused", "").getFirst()).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void aPathOfHttpIgnoresAnUpgrade() throws Exception {
    try (SocketClient client = new SocketClient(edge.port())) {
      assertThat(client.handshake("/plain", "").getFirst()).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Upgrade: websocket\r\n",
        "Upgrade: h2c\r\nConnection: Upgrade\r\n",
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 8\r\n"
      })
  void aRequestWithoutAWebSocketIsAskedToUpgrade(String fields) throws Exception {
    try (RawClient client = edge.connect()) {
      client.send("GET /live HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n");
      RawClient.Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(426);
      assertThat(reply.header("upgrade")).hasValue("websocket");
      assertThat(reply.body()).contains("\"code\":\"");
    }
  }

  @Test
  void aHandshakeWithoutAKeyIsMalformed() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(
          "GET /live HTTP/1.1\r\n"
              + "Host: h\r\n"
              + "Upgrade: websocket\r\n"
              + "Connection: keep-alive, Upgrade\r\n"
              + "Sec-WebSocket-Version: 13\r\n"
              + "Sec-WebSocket-Key: short\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null", "http://localhost.evil.example"})
  void aPageOfAnotherSiteCannotConnect(String origin) throws Exception {
    try (SocketClient client = new SocketClient(edge.port())) {
      String fields = "Origin: " + origin + "\r\nAuthorization: Bearer k\r\n";
      assertThat(client.handshake("/live", fields).getFirst()).isEqualTo("HTTP/1.1 403 Forbidden");
    }
    assertThat(other.isOpen()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:3000", "https://app.example", "http://localhost"})
  void ourOwnPagesAndThoseOfTheSettingsConnect(String origin) throws Exception {
    try (SocketClient client = new SocketClient(edge.port())) {
      assertThat(client.handshake("/live", "Origin: " + origin + "\r\n").getFirst())
          .contains(" 101 ");
    }
  }

  @Test
  void framesSentBeforeTheHandshakeIsAnsweredCloseTheConnection() throws Exception {
    CompletableFuture<Void> answered = new CompletableFuture<>();
    edge.socket(
        "/slow",
        "",
        exchange -> {
          answered.get(30, TimeUnit.SECONDS);
          exchange.getMessage().setBody(new Reply.Upgraded(new HeaderFields(), other));
        });
    try (SocketClient client = new SocketClient(edge.port())) {
      answered.complete(null);
      client.raw(
          "GET /slow HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
              + "GET /plain HTTP/1.1\r\nHost: localhost\r\n\r\n");
      // Either the second request is found before the answer, or its bytes are not frames.
      eventually("the other end is closed", () -> isClosed(Close.ABNORMAL));
    }
  }

  private boolean isClosed(int code) {
    return other.events.contains("closed " + code);
  }
}

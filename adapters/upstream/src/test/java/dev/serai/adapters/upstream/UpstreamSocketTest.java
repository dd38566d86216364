package dev.serai.adapters.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.netty.websocket.Handshake;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.net.BreakerLimits;
import dev.serai.core.net.Deadlines;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.websocket.Close;
import dev.serai.core.websocket.Frame;
import dev.serai.core.websocket.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProducer;
import org.junit.jupiter.api.Test;

/** WebSocket connections to providers: the handshake, what comes with it, and how they end. */
class UpstreamSocketTest {
  private static final ProviderRequest REQUEST =
      ProviderRequest.webSocket(
          "/realtime?model=m", new HeaderFields().add("authorization", "Bearer sk-canary"));

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  private final WebSocket.Peer peer =
      new WebSocket.Peer() {
        @Override
        public void onFrame(Frame frame) {
          events.add(frame.kind() + " " + new String(frame.payload(), StandardCharsets.UTF_8));
        }

        @Override
        public void onBatchEnd() {}

        @Override
        public void onWritable() {}

        @Override
        public void onClose(Close why) {
          events.add("close " + why.code() + why.reason());
        }
      };

  private static String accepted(FakeProvider.Request asked) {
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Accept: "
        + Handshake.accept(asked.headers().get("sec-websocket-key"))
        + "\r\n\r\n";
  }

  private String next() throws InterruptedException {
    return String.valueOf(events.poll(30, TimeUnit.SECONDS));
  }

  @Test
  void framesThatComeWithTheHandshakeAreKeptAndACloseIsCarried() throws Exception {
    try (var provider =
            new FakeProvider(
                c -> {
                  c.write(accepted(c.read()));
                  c.socket.getOutputStream().write(new byte[] {(byte) 0x89, 0});
                  c.socket.getOutputStream().write(new byte[] {(byte) 0x88, 2, 0x0f, (byte) 0xa0});
                  c.socket.getInputStream().readAllBytes();
                });
        var fixture = new UpstreamFixture()) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      Reply.Upgraded reply =
          (Reply.Upgraded) UpstreamFixture.await(fixture.send(producer, REQUEST));
      assertThat(provider.requests.getFirst().line())
          .isEqualTo("GET /v1/realtime?model=m HTTP/1.1");
      assertThat(provider.requests.getFirst().headers())
          .containsEntry("upgrade", "websocket")
          .containsEntry("sec-websocket-version", "13")
          .containsEntry("authorization", "Bearer sk-canary");
      reply.socket().open(peer);
      assertThat(next()).isEqualTo("PING ");
      assertThat(next()).isEqualTo("close 4000");
      Eventually.soon(() -> provider.open() == 0);
      Eventually.soon(() -> fixture.state().openConnections() == 0);
    }
  }

  @Test
  void aWrongReplyToTheHandshakeIsMalformed() throws Exception {
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  c.write(
                      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                          + "Connection: Upgrade\r\nSec-WebSocket-Accept: no\r\n\r\n");
                });
        var fixture = new UpstreamFixture()) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      assertThat(UpstreamFixture.problem(fixture.send(producer, REQUEST)).failureCause())
          .isEqualTo(FailureCause.MALFORMED);
    }
  }

  @Test
  void aRefusalIsAReplyWithItsBody() throws Exception {
    try (var provider =
            new FakeProvider(
                c -> {
                  c.read();
                  c.write("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno");
                });
        var fixture = new UpstreamFixture()) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      Reply reply = UpstreamFixture.await(fixture.send(producer, REQUEST));
      assertThat(reply.status()).isEqualTo(401);
      assertThat(UpstreamFixture.text((Reply.Complete) reply)).isEqualTo("no");
    }
  }

  /** RFC 6455, section 8.1: it receives 1007, and the session's end says what it did. */
  @Test
  void aTextThatIsNotUtf8EndsTheConnectionAndIsNotForwarded() throws Exception {
    CompletableFuture<byte[]> told = new CompletableFuture<>();
    try (var provider =
            new FakeProvider(
                c -> {
                  c.write(accepted(c.read()));
                  c.socket.getOutputStream().write(new byte[] {(byte) 0x81, 2, 'o', 'k'});
                  c.socket.getOutputStream().write(new byte[] {(byte) 0x81, 2, (byte) 0xc3, '('});
                  told.complete(c.socket.getInputStream().readAllBytes());
                });
        var fixture = new UpstreamFixture()) {
      Reply.Upgraded reply =
          (Reply.Upgraded)
              UpstreamFixture.await(
                  fixture.send(fixture.provider("x", provider.baseUrl()), REQUEST));
      reply.socket().open(peer);
      assertThat(next()).isEqualTo("TEXT ok");
      assertThat(next()).isEqualTo("close 1006it broke the protocol: a text is not valid UTF-8");
      byte[] frame = UpstreamFixture.await(told);
      assertThat(frame[0]).isEqualTo((byte) 0x88);
      int code = ((frame[6] ^ frame[2]) & 0xff) << 8 | ((frame[7] ^ frame[3]) & 0xff);
      assertThat(code).isEqualTo(Close.INVALID_DATA);
    }
  }

  /** RFC 6455, section 4.1: a proxy is asked for a tunnel, also to a provider without TLS. */
  @Test
  void aProxyOpensATunnelForEachWebSocketAndForNothingElse() throws Exception {
    try (var proxy =
            new FakeProvider(
                c -> {
                  if (!c.read().line().startsWith("CONNECT ")) {
                    c.json("{}");
                    c.awaitClosed();
                    return;
                  }
                  c.write("HTTP/1.1 200 OK\r\n\r\n");
                  FakeProvider.Request asked = c.read();
                  if (asked.line().contains("refused")) {
                    c.respond(401, "no");
                  } else {
                    c.write(accepted(asked));
                  }
                  c.awaitClosed(); // neither serves another request
                });
        var fixture =
            new UpstreamFixture(
                new UpstreamLimits(
                    UpstreamFixture.DEADLINES,
                    UpstreamFixture.POOL,
                    BreakerLimits.defaults(),
                    ProxyRules.of(null, "http://user:pw@127.0.0.1:" + proxy.port(), null)))) {
      AsyncProducer producer = fixture.provider("x", "http://voice.invalid:81/v1");
      assertThat(UpstreamFixture.text(fixture.ask(producer))).isEqualTo("{}");
      ProviderRequest refused = ProviderRequest.webSocket("/refused", new HeaderFields());
      assertThat(UpstreamFixture.await(fixture.send(producer, refused)).status()).isEqualTo(401);
      UpstreamFixture.await(fixture.send(producer, REQUEST));
      assertThat(UpstreamFixture.text(fixture.ask(producer))).isEqualTo("{}");
      String tunnel = "CONNECT voice.invalid:81 HTTP/1.1";
      String plain = "POST http://voice.invalid:81/v1/chat/completions HTTP/1.1";
      assertThat(proxy.requests)
          .extracting(FakeProvider.Request::line)
          .containsExactly(
              plain,
              tunnel,
              "GET /v1/refused HTTP/1.1",
              tunnel,
              "GET /v1/realtime?model=m HTTP/1.1",
              plain);
      for (FakeProvider.Request asked : proxy.requests) {
        assertThat(asked.headers().containsKey("proxy-authorization"))
            .as(asked.line())
            .isEqualTo(!asked.line().startsWith("GET "));
      }
    }
  }

  @Test
  void aProxyThatRefusesATunnelMakesTheProviderUnreachable() throws Exception {
    try (var proxy =
            new FakeProvider(
                c -> {
                  c.read();
                  c.respond(403, "");
                });
        var fixture =
            new UpstreamFixture(
                new UpstreamLimits(
                    UpstreamFixture.DEADLINES,
                    UpstreamFixture.POOL,
                    BreakerLimits.defaults(),
                    ProxyRules.of(null, "127.0.0.1:" + proxy.port(), null)))) {
      AsyncProducer producer = fixture.provider("x", "http://voice.invalid/v1");
      var problem = UpstreamFixture.problem(fixture.send(producer, REQUEST));
      assertThat(problem.failureCause()).isEqualTo(FailureCause.UNREACHABLE);
      assertThat(problem.detail()).get().asString().contains("proxy: ", "status: 403");
    }
  }

  @Test
  void aLostProviderIsALostConnection() throws Exception {
    try (var provider = new FakeProvider(c -> c.write(accepted(c.read())));
        var fixture = new UpstreamFixture()) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      Reply.Upgraded reply =
          (Reply.Upgraded) UpstreamFixture.await(fixture.send(producer, REQUEST));
      reply.socket().open(peer);
      assertThat(next()).isEqualTo("close 1006");
      Eventually.soon(() -> fixture.state().openConnections() == 0);
    }
  }

  private static Deadlines idle(long millis) {
    Deadlines d = UpstreamFixture.DEADLINES;
    return new Deadlines(
        d.connect(), d.firstToken(), Duration.ofMillis(millis), d.stall(), d.total());
  }

  @Test
  void aProviderThatAnswersNoPingIsLost() throws Exception {
    try (var provider =
            new FakeProvider(
                c -> {
                  c.write(accepted(c.read()));
                  c.socket.getInputStream().readAllBytes();
                });
        var fixture = new UpstreamFixture(idle(200), UpstreamFixture.POOL)) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      Reply.Upgraded reply =
          (Reply.Upgraded) UpstreamFixture.await(fixture.send(producer, REQUEST));
      reply.socket().open(peer);
      assertThat(next()).isEqualTo("close 1006it sent nothing for too long");
      Eventually.soon(() -> fixture.state().openConnections() == 0);
    }
  }

  @Test
  void thePongToAPingOfTheGatewayIsNotForwarded() throws Exception {
    try (var provider =
            new FakeProvider(
                c -> {
                  c.write(accepted(c.read()));
                  byte[] ping = c.socket.getInputStream().readNBytes(11);
                  byte[] pong = {(byte) 0x8a, 5, 0, 0, 0, 0, 0};
                  for (int i = 0; i < 5; i++) {
                    pong[2 + i] = (byte) (ping[6 + i] ^ ping[2 + i % 4]);
                  }
                  c.socket.getOutputStream().write(pong);
                  c.socket.getOutputStream().write(new byte[] {(byte) 0x88, 2, 0x0f, (byte) 0xa0});
                  c.socket.getInputStream().readAllBytes();
                });
        var fixture = new UpstreamFixture(idle(6000), UpstreamFixture.POOL)) {
      AsyncProducer producer = fixture.provider("x", provider.baseUrl());
      Reply.Upgraded reply =
          (Reply.Upgraded) UpstreamFixture.await(fixture.send(producer, REQUEST));
      reply.socket().open(peer);
      assertThat(next()).isEqualTo("close 4000");
    }
  }
}

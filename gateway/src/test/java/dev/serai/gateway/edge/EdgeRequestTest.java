package dev.serai.gateway.edge;

import static dev.serai.gateway.edge.EdgeUnderTest.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.InboundRequest;
import dev.serai.gateway.edge.RawClient.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A route receives the request, and the client receives the reply. */
class EdgeRequestTest {
  private EdgeUnderTest edge;

  @BeforeEach
  void serve() throws Exception {
    edge =
        EdgeUnderTest.small()
            .route("/echo", "httpMethodRestrict=POST", EdgeRequestTest::echo)
            .route("/headers", "httpMethodRestrict=POST,GET", EdgeRequestTest::exchangeHeaders)
            .route("/page", "httpMethodRestrict=GET", says("page"))
            .route(
                "/nothing",
                "httpMethodRestrict=GET",
                exchange -> exchange.getMessage().setBody(null))
            .route("/unanswered", "httpMethodRestrict=GET", exchange -> exchange.getMessage())
            .route("/broken", "httpMethodRestrict=GET", EdgeRequestTest::fail)
            .start();
  }

  @AfterEach
  void stop() throws Exception {
    edge.close();
  }

  @Test
  void aBodyArrivesWholeAndTheReplyKeepsTheConnection() throws Exception {
    try (RawClient client = edge.connect()) {
      for (String body : new String[] {"{\"a\":1}", "", "x".repeat(60_000)}) {
        Reply reply = client.post("/echo?x=1", body).read();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("POST /echo " + body);
        assertThat(reply.header("x-request-id")).get().asString().matches("[0-9a-f]{32}");
        assertThat(reply.header("connection")).isEmpty();
      }
    }
  }

  @Test
  void aWellFormedRequestIdOfTheClientComesBack() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send("GET /echo HTTP/1.1\r\nHost: h\r\nX-Request-Id: req_1-a.b\r\n\r\n");
      Reply kept = client.read();
      assertThat(kept.header("x-request-id")).contains("req_1-a.b");
      assertThat(kept.header("x-serai-request-id")).get().asString().matches("[0-9a-f]{32}");
      for (String malformed : List.of("a b", "", "x".repeat(129), "<script>")) {
        client.send("GET /echo HTTP/1.1\r\nHost: h\r\nX-Request-Id: " + malformed + "\r\n\r\n");
        Reply replaced = client.read();
        assertThat(replaced.header("x-request-id")).get().asString().matches("[0-9a-f]{32}");
        assertThat(replaced.header("x-serai-request-id")).isEmpty();
      }
    }
  }

  @Test
  void aChunkedBodyArrivesWhole() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(
          "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
      assertThat(client.read().body()).isEqualTo("POST /echo abcde");
    }
  }

  @Test
  void nothingFromOutsideBecomesAnExchangeHeader() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(Traps.BY_EVERY_DOOR);
      assertThat(client.read().body())
          .isEqualTo("[CamelNettyChannelHandlerContext] authorization:Optional.empty");
    }
  }

  @Test
  void aReplyCarriesNoneOfTheRequestsFieldsButItsId() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(Traps.WITH_A_SECRET);
      Reply reply = client.read();
      assertThat(reply.headers().toString()).doesNotContain("planted");
    }
  }

  @Test
  void jsonWithCurlsFormContentTypeIsAccepted() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(Traps.JSON_TYPED_AS_A_FORM);
      assertThat(client.read().body()).isEqualTo("POST /echo {\"a\":1}");
    }
  }

  @Test
  void theExceptionOfARouteIsNotShown() throws Exception {
    try (RawClient client = edge.connect()) {
      for (String path : new String[] {"/broken", "/nothing", "/unanswered"}) {
        Reply reply = client.get(path).read();
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body())
            .contains("\"code\":\"internal_error\"", reply.header("x-request-id").orElseThrow())
            .doesNotContain(Traps.PASSWORD, "Exception", "java");
      }
      assertThat(client.get("/page").read().body()).isEqualTo("page");
    }
  }

  @Test
  void headIsAnsweredAsGetWithoutTheBody() throws Exception {
    try (RawClient client = edge.connect()) {
      Reply head = client.send("HEAD /page HTTP/1.1\r\nHost: h\r\n\r\n").read(true);
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("content-length")).contains("4");
      assertThat(client.get("/page").read().body()).isEqualTo("page");
    }
  }

  @Test
  void anHttp10ClientGetsItsReplyAndTheEnd() throws Exception {
    try (RawClient client = edge.connect()) {
      Reply reply = client.send("GET /page HTTP/1.0\r\n\r\n").read();
      assertThat(reply.body()).isEqualTo("page");
      assertThat(reply.header("connection")).contains("close");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void anHttp10ClientMayKeepTheConnection() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send("GET /page HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      assertThat(client.read().header("connection")).contains("keep-alive");
      assertThat(client.get("/page").read().body()).isEqualTo("page");
    }
  }

  @Test
  void connectionCloseIsRespected() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send("GET /page HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
      assertThat(client.read().header("connection")).contains("close");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    try (RawClient client = edge.connect()) {
      StringBuilder ahead = new StringBuilder();
      for (int i = 0; i < 2000; i++) {
        ahead
            .append("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n")
            .append(1000 + i % 9000);
      }
      Thread sender = Thread.ofVirtual().start(() -> sendQuietly(client, ahead.toString()));
      for (int i = 0; i < 2000; i++) {
        assertThat(client.read().body()).isEqualTo("POST /echo " + (1000 + i));
      }
      sender.join();
    }
  }

  @Test
  void aClientThatExpectsItGets100Continue() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(
          "POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(100);
      assertThat(client.send("ok").read().body()).isEqualTo("POST /echo ok");
    }
  }

  @Test
  void anUpgradeToHttp2IsIgnored() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(
          "POST /echo HTTP/1.1\r\n"
              + "Host: h\r\n"
              + "Connection: Upgrade, HTTP2-Settings\r\n"
              + "Upgrade: h2c\r\n"
              + "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n"
              + "Content-Length: 2\r\n\r\n"
              + "ok");
      assertThat(client.read().body()).isEqualTo("POST /echo ok");
    }
  }

  private static void echo(Exchange exchange) {
    InboundRequest request = exchange.getMessage().getBody(InboundRequest.class);
    exchange
        .getMessage()
        .setBody(
            EdgeUnderTest.text(
                request.method()
                    + " "
                    + request.path()
                    + " "
                    + new String(request.body(), StandardCharsets.UTF_8)));
  }

  private static void exchangeHeaders(Exchange exchange) {
    InboundRequest request = exchange.getMessage().getBody(InboundRequest.class);
    exchange
        .getMessage()
        .setBody(
            EdgeUnderTest.text(
                exchange.getMessage().getHeaders().keySet()
                    + " authorization:"
                    + request.headers().first("authorization")));
  }

  private static void fail(Exchange exchange) {
    throw new IllegalStateException(Traps.PASSWORD);
  }

  private static void sendQuietly(RawClient client, String text) {
    try {
      client.send(text);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

package dev.serai.gateway.edge;

import static dev.serai.gateway.edge.EdgeUnderTest.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.gateway.edge.RawClient.Reply;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Requests that the edge refuses, and the error format of the refusals. */
class EdgeRefusalTest {
  private final AtomicInteger served = new AtomicInteger();
  private EdgeUnderTest edge;

  @BeforeEach
  void serve() throws Exception {
    edge =
        EdgeUnderTest.small()
            .route(
                "/v1/chat/completions",
                "httpMethodRestrict=POST",
                exchange -> {
                  served.incrementAndGet();
                  says("chat").process(exchange);
                })
            .route("/v1/models", "httpMethodRestrict=GET&matchOnUriPrefix=true", says("models"))
            .route("/v1/things/{id}/parts", "httpMethodRestrict=GET", says("parts"))
            .route("/other", "", says("other"))
            .start();
  }

  @AfterEach
  void stop() throws Exception {
    edge.close();
  }

  @Test
  void beforeItServesOnlyHealthRequestsAreAnswered() throws Exception {
    try (EdgeUnderTest starting =
            EdgeUnderTest.small()
                .route("/health/ready", "", says("not yet"))
                .route("/page", "", says("page"))
                .route("/health-report", "", says("report"))
                .listen();
        RawClient client = starting.connect()) {
      assertThat(client.get("/health/ready").read().body()).isEqualTo("not yet");
      for (String path : List.of("/page", "/unknown", "/health/live", "/health-report")) {
        Reply early = client.get(path).read();
        assertThat(early.status()).isEqualTo(503);
        assertThat(early.header("retry-after")).contains("1");
        assertThat(early.body()).contains("\"starting\"");
      }
      assertThat(client.get("/own-status").read().status()).as("of its API").isEqualTo(418);
      starting.component().serve();
      assertThat(client.get("/page").read().body()).isEqualTo("page");
    }
  }

  @ParameterizedTest
  @FieldSource("dev.serai.gateway.edge.Traps#AMBIGUOUS")
  void anAmbiguousRequestGetsOne400AndTheEnd(String rest) throws Exception {
    try (RawClient client = edge.connect().send(Traps.ambiguous(rest))) {
      assertRefused(client.read(), 400);
      assertThat(client.rest()).isEmpty();
    }
    assertThat(served).hasValue(0);
  }

  @Test
  void aFoldedHeaderIsFoundHoweverTheHeadIsSplit() throws Exception {
    String head = "\r\nPOST /v1/chat/completions HTTP/1.1\r\nHost: h\r\nX-A: b\r\n c\r\n\r\n";
    for (int cut = 1; cut < head.length(); cut++) {
      try (RawClient client = edge.connect()) {
        client.send(head.substring(0, cut));
        client.send(head.substring(cut));
        assertThat(client.read().status()).as("cut at %d", cut).isEqualTo(400);
      }
    }
  }

  @Test
  void aBlankAfterALineBreakInABodyIsNotAFoldedHeader() throws Exception {
    try (RawClient client = edge.connect()) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.post("/v1/chat/completions", "{\n \"a\":\n\t1\n}").read().status())
            .isEqualTo(200);
      }
    }
  }

  @Test
  void anotherSpellingOfThePathDoesNotReachTheRoute() throws Exception {
    for (String path : Traps.OTHER_SPELLINGS) {
      try (RawClient client = edge.connect()) {
        Reply reply = client.post(path, "{}").read();
        assertThat(reply.status()).as(path).isIn(400, 404, 405);
        assertRefused(reply, reply.status());
      }
    }
    assertThat(served).hasValue(0);
  }

  @ParameterizedTest
  @FieldSource("dev.serai.gateway.edge.Traps#BELOW_A_PREFIX")
  void onlyTheCanonicalPathIsAcceptedBelowAPrefixToo(String path) throws Exception {
    try (RawClient client = edge.connect().get(path)) {
      assertRefused(client.read(), 400);
    }
  }

  @Test
  void aPrefixEndsAtASegmentAndKeepsItsEscapes() throws Exception {
    try (RawClient client = edge.connect()) {
      assertThat(client.get("/v1/models").read().body()).isEqualTo("models");
      assertThat(client.get("/v1/models/openai/gpt").read().body()).isEqualTo("models");
      assertThat(client.get("/v1/models/openai%2Fgpt%3A1").read().body()).isEqualTo("models");
      assertThat(client.get("/v1/modelsx").read().status()).isEqualTo(404);
      assertThat(client.get("/v1/things/7/parts").read().body()).isEqualTo("parts");
      assertThat(client.get("/v1/things/7/8/parts").read().status()).isEqualTo(404);
      assertThat(client.get("/v1/things/7").read().status()).isEqualTo(404);
    }
  }

  @Test
  void anAbsoluteTargetIsServedByItsPath() throws Exception {
    try (RawClient client = edge.connect()) {
      assertThat(client.get("http://h/other?x=/v1/models").read().body()).isEqualTo("other");
    }
  }

  @Test
  void anUnknownPathAndAnUnknownMethodKeepTheConnection() throws Exception {
    try (RawClient client = edge.connect()) {
      assertRefused(client.post("/nowhere", "some body").read(), 404);
      Reply wrong = client.get("/v1/chat/completions").read();
      assertRefused(wrong, 405);
      assertThat(wrong.header("allow")).contains("OPTIONS, POST");
      assertThat(wrong.body()).contains("that method; it supports OPTIONS, POST.");
      assertRefused(client.send("TRACE /other HTTP/1.1\r\nHost: h\r\n\r\n").read(), 405);
      assertThat(client.post("/v1/chat/completions", "{}").read().body()).isEqualTo("chat");
    }
  }

  @Test
  void optionsNamesTheMethodsAndKeepsTheConnection() throws Exception {
    try (RawClient client = edge.connect()) {
      Reply options = client.send("OPTIONS /v1/models HTTP/1.1\r\nHost: h\r\n\r\n").read();
      assertThat(options.status()).isEqualTo(204);
      assertThat(options.header("allow")).contains("GET, HEAD, OPTIONS");
      assertThat(options.header("x-request-id")).isPresent();
      assertThat(client.send("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n").read().status())
          .isEqualTo(204);
      assertThat(client.send("OPTIONS /nowhere HTTP/1.1\r\nHost: h\r\n\r\n").read().status())
          .isEqualTo(404);
    }
  }

  @Test
  void aCompressedBodyIsRefusedAndTheConnectionKept() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(Traps.COMPRESSED);
      assertRefused(client.read(), 415);
      assertThat(client.post("/v1/chat/completions", "{}").read().body()).isEqualTo("chat");
    }
  }

  @Test
  void aBodyOverTheLimitIsAnswered413EvenIfTheClientGoesOnSending() throws Exception {
    String tooMuch = "x".repeat(EdgeUnderTest.SMALL.maxBodyBytes() + 1);
    try (RawClient client = edge.connect()) {
      client.post("/v1/chat/completions", tooMuch);
      assertRefused(client.read(), 413);
      assertThat(client.isClosedByServer()).isTrue();
    }
    try (RawClient client = edge.connect()) {
      client.send(
          "POST /v1/chat/completions HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
              + Integer.toHexString(tooMuch.length())
              + "\r\n"
              + tooMuch);
      assertRefused(client.read(), 413);
    }
  }

  @Test
  void theClientThatAsksFirstIsRefusedBeforeItSendsTooMuch() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(
          "POST /v1/chat/completions HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
              + "Content-Length: 999999999\r\n\r\n");
      assertRefused(client.read(), 413);
    }
  }

  @Test
  void aLongHeadIsAnswered431AndALongLine414() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(Traps.LONG_HEAD);
      assertRefused(client.read(), 431);
    }
    try (RawClient client = edge.connect()) {
      client.get(Traps.LONG_LINE);
      assertRefused(client.read(), 414);
    }
  }

  /** A proxy without chunked encoding reads the chunks as the next request. */
  @Test
  void chunksOfHttp10AreRefused() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send("POST " + Traps.CHAT + " HTTP/1.0\r\nHost: h\r\nConnection: keep-alive\r\n");
      client.send("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + Traps.SECOND);
      assertRefused(client.read(), 400);
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void anUnknownExpectationAndAnotherVersionAreRefused() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send("GET /other HTTP/1.1\r\nHost: h\r\nExpect: cookies\r\n\r\n");
      assertRefused(client.read(), 417);
    }
    try (RawClient client = edge.connect()) {
      client.send("GET /other HTTP/2.0\r\nHost: h\r\n\r\n");
      assertRefused(client.read(), 505);
    }
  }

  @Test
  void oneConnectionTooManyIsAnswered503() throws Exception {
    RawClient[] held = new RawClient[EdgeUnderTest.SMALL.maxConnections()];
    for (int i = 0; i < held.length; i++) {
      held[i] = edge.connect();
    }
    EdgeUnderTest.eventually(
        "all are open", () -> edge.component().load().connections() == held.length);
    try (RawClient oneMore = edge.connect()) {
      Reply reply = oneMore.read();
      assertRefused(reply, 503);
      assertThat(reply.header("retry-after")).contains("1");
    }
    for (RawClient client : held) {
      client.close();
    }
    EdgeUnderTest.eventually("all are gone", () -> edge.component().load().connections() == 0);
  }

  private static void assertRefused(Reply reply, int status) throws IOException {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("content-type")).contains("application/json");
    assertThat(reply.header("x-request-id")).get().asString().matches("[0-9a-f]{32}");
    assertThat(reply.body())
        .startsWith("{\"error\":{\"message\":\"")
        .doesNotContain("Exception", "netty", "java.")
        .hasSizeLessThan(1024);
  }
}

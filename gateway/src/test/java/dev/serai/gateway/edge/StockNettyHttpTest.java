package dev.serai.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.gateway.edge.RawClient.Reply;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Shows why our edge has its own pipeline: sends the requests of our edge's tests to Camel's own
 * {@code netty-http}. A test that fails here after an upgrade names a protection that is no longer
 * needed.
 */
class StockNettyHttpTest {
  private StockUnderTest stock;

  @BeforeEach
  void serve() throws Exception {
    stock =
        new StockUnderTest()
            .route(
                Traps.CHAT, "httpMethodRestrict=POST&chunkedMaxContentLength=65536", says("chat"))
            .route("/v1/models", "httpMethodRestrict=GET&matchOnUriPrefix=true", says("models"))
            .route("/other", "", says("other"))
            .route("/page", "", exchange -> exchange.getMessage().setBody("page"))
            .route("/echo", "httpMethodRestrict=POST", says("echo"))
            .route("/headers", "", StockNettyHttpTest::headers)
            .route("/broken", "", StockNettyHttpTest::fail)
            .routes(inner())
            .start();
  }

  @AfterEach
  void stop() throws Exception {
    stock.close();
  }

  /** Compare {@link EdgeRefusalTest#anAmbiguousRequestGetsOne400AndTheEnd}. */
  @ParameterizedTest
  @FieldSource("dev.serai.gateway.edge.Traps#STOCK_SERVES")
  void stockCamelServesAmbiguousRequestsAndTheSecondRequestBehindThem(String rest)
      throws Exception {
    try (RawClient client = stock.connect().send(Traps.ambiguous(rest))) {
      assertThat(client.read().body()).isEqualTo("chat");
      assertThat(client.read().body()).isEqualTo("other");
    }
  }

  /** Versions before the pinned one answered twice: see KnownVulnerabilitiesTest. */
  @ParameterizedTest
  @FieldSource("dev.serai.gateway.edge.Traps#STOCK_REFUSES")
  void thePinnedNettyRefusesTheOtherAmbiguousRequests(String rest) throws Exception {
    try (RawClient client = stock.connect().send(Traps.ambiguous(rest))) {
      Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body()).as("a body of ours").isEmpty();
      assertThat(client.rest()).isEmpty();
    }
  }

  /** Compare {@link EdgeRefusalTest#anotherSpellingOfThePathDoesNotReachTheRoute}. */
  @Test
  void stockCamelServesAPathInOtherSpellings() throws Exception {
    List<String> served = new ArrayList<>();
    for (String path : Traps.OTHER_SPELLINGS) {
      try (RawClient client = stock.connect()) {
        if (client.post(path, "{}").read().body().equals("chat")) {
          served.add(path);
        }
      }
    }
    assertThat(served)
        .containsExactly(
            "/V1/chat/completions",
            "/v1/Chat/Completions",
            "/v1/chat/completions/",
            "v1/chat/completions");
  }

  /** Compare {@link EdgeRefusalTest#onlyTheCanonicalPathIsAcceptedBelowAPrefixToo}. */
  @Test
  void stockCamelServesAnySpellingBelowAPrefix() throws Exception {
    List<String> refused = new ArrayList<>();
    for (String path : Traps.BELOW_A_PREFIX) {
      try (RawClient client = stock.connect().get(path)) {
        if (!client.read().body().equals("models")) {
          refused.add(path);
        }
      }
    }
    assertThat(refused).isEmpty();
  }

  /** Compare {@link EdgeRequestTest#nothingFromOutsideBecomesAnExchangeHeader}. */
  @Test
  void stockCamelTakesIdentityAndControlHeadersFromQueryFormAndFields() throws Exception {
    try (RawClient client = stock.connect().send(Traps.BY_EVERY_DOOR)) {
      assertThat(client.read().body())
          .contains("authorization=[evil, evil]")
          .contains("kafka.OVERRIDE_TOPIC=evil", "websocket.connectionKey=evil")
          .contains("mail.smtp.host=evil", "SolrParam.q=evil", "org.apache.camel.x=evil");
    }
  }

  /** Compare {@link EdgeRequestTest#aReplyCarriesNoneOfTheRequestsFields}. */
  @Test
  void stockCamelEchoesTheRequestsFields() throws Exception {
    try (RawClient client = stock.connect().send(Traps.WITH_A_SECRET)) {
      Reply reply = client.read();
      assertThat(reply.header("x-secret")).contains("planted");
      assertThat(reply.header("x-request-id")).contains("mine");
    }
  }

  /** Compare {@link EdgeRequestTest#theExceptionOfARouteIsNotShown}. */
  @Test
  void stockCamelShowsTheStackTraceOfAFailure() throws Exception {
    try (RawClient client = stock.connect().get("/broken")) {
      Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.body())
          .startsWith("java.lang.IllegalStateException: " + Traps.PASSWORD)
          .contains("\tat org.apache.camel.");
    }
  }

  /** Compare {@link EdgeFailureTest#aFailureOfAnInnerRouteIsAnsweredByTheEdgesConfiguration}. */
  @Test
  void stockCamelShowsTheStackTraceOfAnInnerRoutesFailureAlthoughThePublicRouteHandlesAll()
      throws Exception {
    try (RawClient client = stock.connect().get("/outer")) {
      Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.body()).contains(Traps.PASSWORD, "\tat org.apache.camel.");
    }
  }

  /** Compare {@link EdgeRequestTest#jsonWithCurlsFormContentTypeIsAccepted}. */
  @Test
  void stockCamelSilentlyClosesOnJsonWithAFormContentType() throws Exception {
    try (RawClient client = stock.connect().send(Traps.JSON_TYPED_AS_A_FORM)) {
      assertThat(client.rest()).isEmpty();
    }
  }

  /** Compare {@link EdgeRefusalTest#aCompressedBodyIsRefusedAndTheConnectionKept}. */
  @Test
  void stockCamelPassesACompressedBodyToTheRoute() throws Exception {
    try (RawClient client = stock.connect().send(Traps.COMPRESSED)) {
      assertThat(client.read().body()).isEqualTo("chat");
    }
  }

  /** Compare {@link EdgeRefusalTest#aBodyOverTheLimitIsAnswered413EvenIfTheClientGoesOnSending}. */
  @Test
  void stockCamelSaysNothingWith413() throws Exception {
    String tooMuch = "x".repeat(EdgeUnderTest.SMALL.maxBodyBytes() + 1);
    try (RawClient client = stock.connect().post(Traps.CHAT, tooMuch)) {
      Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(413);
      assertThat(reply.body()).isEmpty();
    }
  }

  /** Compare {@link EdgeRefusalTest#aLongHeadIsAnswered431AndALongLine414}. */
  @Test
  void stockCamelKnowsNeither431Nor414() throws Exception {
    try (RawClient head = stock.connect().send(Traps.LONG_HEAD);
        RawClient line = stock.connect().get(Traps.LONG_LINE)) {
      assertThat(head.read().status()).isEqualTo(400);
      assertThat(line.read().status()).isEqualTo(404);
    }
  }

  /** Compare {@link EdgeDeadlineTest}, which has its 408 after a third of the time. */
  @Test
  void stockCamelKeepsWaitingForTheRestOfAHeadAndOfABody() throws Exception {
    int patience = 3 * (int) EdgeUnderTest.QUICK.headerDeadline().toMillis();
    try (RawClient head = stock.connect().send(Traps.HALF_A_HEAD);
        RawClient body = stock.connect().send(Traps.HEAD_OF_A_BODY)) {
      head.socket().setSoTimeout(patience);
      body.socket().setSoTimeout(1);
      assertThatThrownBy(head::read).isInstanceOf(SocketTimeoutException.class);
      assertThatThrownBy(body::read).isInstanceOf(SocketTimeoutException.class);
      head.socket().setSoTimeout(30_000);
      body.socket().setSoTimeout(30_000);
      assertThat(head.send("Content-Length: 0\r\n\r\n").read().body()).isEqualTo("echo");
      assertThat(body.send("x".repeat(5000)).read().body()).isEqualTo("echo");
    }
  }

  /** A route that handles all exceptions, and one that it calls. */
  private static RouteBuilder inner() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from(StockUnderTest.uri("/outer"))
            .onException(Throwable.class)
            .handled(true)
            .process(says("handled"))
            .end()
            .to("direct:inner");
        from("direct:inner").process(StockNettyHttpTest::fail);
      }
    };
  }

  private static Processor says(String text) {
    return exchange -> {
      exchange.getMessage().removeHeaders("*");
      exchange.getMessage().setBody(text);
    };
  }

  private static void headers(Exchange exchange) throws Exception {
    says(new TreeMap<>(exchange.getMessage().getHeaders()).toString()).process(exchange);
  }

  private static void fail(Exchange exchange) {
    throw new IllegalStateException(Traps.PASSWORD);
  }
}

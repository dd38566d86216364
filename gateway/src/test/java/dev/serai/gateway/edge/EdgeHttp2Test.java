package dev.serai.gateway.edge;

import static dev.serai.gateway.edge.EdgeUnderTest.eventually;
import static dev.serai.gateway.edge.EdgeUnderTest.says;
import static dev.serai.gateway.edge.EdgeUnderTest.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.limit.ByteLimit;
import dev.serai.gateway.telemetry.RequestMeters;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.component.netty.NettyConstants;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that speaks HTTP/2 is served as one of HTTP/1.1, with many requests at a time. */
class EdgeHttp2Test {
  private final ScriptedStream stream = new ScriptedStream();
  private final Queue<String> metered = new ConcurrentLinkedQueue<>();
  private final ByteLimit memory = new ByteLimit(4_000_000);
  private final Waits waits = new Waits();
  private EdgeUnderTest edge;
  private Http2Client client;

  @BeforeEach
  void serve() throws Exception {
    RequestMeters meters =
        route -> (method, status, _) -> metered.add(method + " " + route + " " + status);
    edge =
        new EdgeUnderTest(EdgeUnderTest.SMALL, meters, memory)
            .route("/page", "", says("page"))
            .route("/large", "", says("x".repeat(300_000)))
            .route("/none", "", e -> e.getMessage().setBody(empty()))
            .route("/echo", "chunkedMaxContentLength=500000", EdgeHttp2Test::echo)
            .route("/handlers", "", EdgeHttp2Test::handlers)
            .route("/wait", "", waits)
            .route("/read", "httpMethodRestrict=GET", says("read"))
            .route("/stream", "", e -> e.getMessage().setBody(streaming()))
            .socket("/socket", "", waits)
            .start();
    client = new Http2Client(edge.port());
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    eventually("nothing is left", () -> edge.component().load().connections() == 0);
    eventually("nothing runs", () -> edge.component().load().inFlight() == 0);
    eventually("nothing is held", () -> memory.taken() == 0);
    edge.close();
  }

  private Reply streaming() {
    return new Reply.Streaming(
        200, new HeaderFields().add("Content-Type", "text/event-stream"), stream);
  }

  private static Reply empty() {
    return new Reply.Complete(204, new HeaderFields(), new byte[0]);
  }

  private static void echo(Exchange exchange) {
    byte[] body = exchange.getMessage().getBody(InboundRequest.class).body();
    exchange.getMessage().setBody(new Reply.Complete(200, new HeaderFields(), body));
  }

  /** Keeps every request until the test lets all go on. */
  private static final class Waits extends AsyncProcessorSupport {
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      waiting.add(
          () -> {
            exchange.getMessage().setBody(text("waited"));
            callback.done(false);
          });
      return false;
    }

    void goOn() {
      for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
        next.run();
      }
    }
  }

  @Test
  void aReplyHasTheFieldsOfHttp1WithoutThoseOfItsConnections() throws Exception {
    Http2Client.Call call = client.get("/page", "x-request-id: mine-1");
    assertThat(call.status()).isEqualTo(200);
    assertThat(call.body()).isEqualTo("page");
    assertThat(call.field("content-type")).isEqualTo("text/plain");
    assertThat(call.field("content-length")).isEqualTo("4");
    assertThat(call.field("x-request-id")).isEqualTo("mine-1");
    assertThat(call.field("x-serai-request-id")).hasSize(32);
    assertThat(call.field("x-content-type-options")).isEqualTo("nosniff");
    assertThat(call.field("date")).endsWith(" GMT").hasSize(29);
    assertThat(call.fields().names().stream().map(CharSequence::toString))
        .doesNotContain("connection", "transfer-encoding", "keep-alive");
    eventually("it is metered", () -> metered.contains("GET /page 200"));
  }

  @Test
  void aBodyOfEverySizePassesInBothDirections() throws Exception {
    for (int size : new int[] {0, 1, 16_384, 16_385, 400_000}) {
      String body = "y".repeat(size);
      assertThat(client.post("/echo", body).body()).isEqualTo(body);
    }
    assertThat(client.get("/large").body()).hasSize(300_000);
    Http2Client.Call pieces = client.begin(Http2Client.head("POST", "/echo"));
    pieces.data("a", false).data("b", false).trailers();
    assertThat(pieces.body()).isEqualTo("ab");
  }

  @Test
  void aHundredRequestsRunAtATimeOnOneConnection() throws Exception {
    assertThat(client.get("/page").body()).isEqualTo("page");
    List<Http2Client.Call> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      calls.add(client.get("/wait"));
    }
    eventually("all run", () -> waits.waiting.size() == 100);
    assertThat(edge.component().load().connections()).isEqualTo(1);
    assertThat(edge.component().load().inFlight()).isEqualTo(100);
    try (RawClient other = edge.connect()) {
      assertThat(other.get("/page").read().body()).isEqualTo("page");
    }
    waits.goOn();
    for (Http2Client.Call call : calls) {
      assertThat(call.body()).isEqualTo("waited");
    }
    assertThat(client.get("/page").body()).isEqualTo("page");
  }

  @Test
  void aStreamPassesPieceByPieceAndEndsWithTheStream() throws Exception {
    Http2Client.Call call = client.post("/stream", "{}");
    StringBuilder sent = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      String piece = "data: " + i + "\n\n";
      sent.append(piece);
      stream.piece(piece).batchEnd();
      eventually("it arrives", () -> call.sofar().equals(sent.toString()));
    }
    assertThat(call.status()).isEqualTo(200);
    assertThat(call.field("content-type")).isEqualTo("text/event-stream");
    assertThat(call.field("cache-control")).isEqualTo("no-cache");
    assertThat(call.isComplete()).isFalse();
    stream.end();
    assertThat(call.body()).isEqualTo(sent.toString());
    assertThat(stream.cancels).hasValue(0);
  }

  @Test
  void aStreamThatBreaksIsReset() throws Exception {
    Http2Client.Call call = client.get("/stream");
    stream.piece("a").batchEnd();
    stream.fail();
    assertThat(call.error()).isEqualTo(Http2Error.INTERNAL_ERROR);
    assertThat(call.sofar()).isEqualTo("a");
    assertThat(call.isComplete()).isFalse();
    assertThat(client.get("/page").body()).isEqualTo("page");
  }

  @Test
  void aClientThatResetsItsStreamCancelsTheSourceOnly() throws Exception {
    Http2Client.Call other = client.get("/wait");
    Http2Client.Call call = client.get("/stream");
    stream.piece("a").batchEnd();
    eventually("it arrives", () -> call.sofar().equals("a"));
    call.cancel();
    eventually("the source is cancelled", () -> stream.cancels.get() == 1);
    eventually("it is metered", () -> metered.contains("GET /stream 200"));
    waits.goOn();
    assertThat(other.body()).isEqualTo("waited");
  }

  @Test
  void aSlowReaderPausesItsSourceAndNoOther() throws Exception {
    Http2Client.Call deaf = client.deaf("/stream");
    String piece = "z".repeat(10_000);
    int sent = 0;
    while (!stream.isPaused() && sent < 1000) {
      stream.piece(piece).batchEnd();
      edge.settle();
      sent++;
    }
    assertThat(stream.isPaused()).isTrue();
    assertThat((long) sent * piece.length()).as("the window and the queue").isLessThan(200_000);
    assertThat(client.get("/page").body()).isEqualTo("page");
    deaf.listen();
    eventually("the source goes on", () -> !stream.isPaused());
    stream.end();
    assertThat(deaf.body()).hasSize(sent * piece.length());
  }

  @Test
  void aLargeReplyThatItsClientDoesNotReadIsCounted() throws Exception {
    Http2Client.Call deaf = client.deaf("/large");
    eventually("it is counted", () -> memory.taken() >= 300_000);
    deaf.listen();
    assertThat(deaf.body()).hasSize(300_000);
    eventually("it is sent", () -> memory.taken() == 0);
  }

  @Test
  void aReplyToHeadOrWithoutContentHasNoBody() throws Exception {
    Http2Client.Call head = client.send(Http2Client.head("HEAD", "/page"));
    assertThat(head.body()).isEmpty();
    assertThat(head.field("content-length")).isEqualTo("4");
    Http2Client.Call streamed = client.send(Http2Client.head("HEAD", "/stream"));
    assertThat(streamed.body()).isEmpty();
    assertThat(stream.cancels).hasValue(1);
    Http2Client.Call none = client.get("/none");
    assertThat(none.body()).isEmpty();
    assertThat(none.status()).isEqualTo(204);
    assertThat(none.field("content-length")).isEmpty();
  }

  @Test
  void refusalsHaveTheShapeOfTheSurface() throws Exception {
    Http2Client.Call unknown = client.get("/nowhere");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.body()).startsWith("{\"error\":{\"message\":\"").contains("not_found");
    Http2Client.Call method = client.post("/read", "x");
    assertThat(method.status()).isEqualTo(405);
    assertThat(method.field("allow")).contains("GET");
    Http2Client.Call socket = client.get("/socket");
    assertThat(socket.status()).isEqualTo(426);
    assertThat(socket.field("upgrade")).isEmpty();
    Http2Client.Call asked =
        client.begin(Http2Client.head("POST", "/echo", "expect: 100-continue"));
    Http2Client.await(asked.asked);
    assertThat(asked.data("go", true).body()).isEqualTo("go");
  }

  @Test
  void aBodyOverTheLimitGets413BeforeItHasArrived() throws Exception {
    Http2Client.Call announced =
        client.begin(Http2Client.head("POST", "/page", "content-length: 100000"));
    assertThat(announced.body()).contains("request_too_large");
    assertThat(announced.status()).isEqualTo(413);
    assertThat(announced.error()).isEqualTo(Http2Error.NO_ERROR);
    Http2Client.Call grown = client.begin(Http2Client.head("POST", "/page"));
    grown.data("x".repeat(70_000), false);
    assertThat(grown.body()).contains("request_too_large");
    assertThat(grown.error()).isEqualTo(Http2Error.NO_ERROR);
    assertThat(client.get("/page").body()).isEqualTo("page");
  }

  @Test
  void manyRefusedBodiesDoNotCostTheConnection() throws Exception {
    for (int i = 0; i < 300; i++) {
      Http2Client.Call refused =
          client.begin(Http2Client.head("POST", "/page", "content-length: 100000"));
      assertThat(refused.status()).isEqualTo(413);
    }
    assertThat(client.get("/page").body()).isEqualTo("page");
  }

  /** The handler that looks for HTTP/2 is gone before a request of HTTP/1.1 is read. */
  @Test
  void aRequestOfHttp1PassesNoHandlerOfHttp2() throws Exception {
    try (RawClient one = edge.connect()) {
      assertThat(one.get("/handlers").read().body()).isEqualTo("RequestDecoder EdgeConnection");
    }
    assertThat(client.get("/handlers").body()).isEqualTo("StreamCodec EdgeConnection");
  }

  private static void handlers(Exchange exchange) {
    ChannelHandlerContext context =
        exchange
            .getMessage()
            .getHeader(NettyConstants.NETTY_CHANNEL_HANDLER_CONTEXT, ChannelHandlerContext.class);
    List<String> names = new ArrayList<>();
    context.pipeline().forEach(entry -> names.add(entry.getValue().getClass().getSimpleName()));
    exchange.getMessage().setBody(text(String.join(" ", names)));
  }

  @Test
  void clientsOfHttp1AreServedOnTheSamePort() throws Exception {
    try (RawClient one = edge.connect()) {
      assertThat(one.get("/page").read().body()).isEqualTo("page");
      assertThat(one.send("P").send("OST /page HTTP/1.1\r\nHost: h\r\n").send("\r\n").read().body())
          .isEqualTo("page");
    }
    try (RawClient one = edge.connect()) {
      assertThat(one.send("PRI * HTTP/1.1\r\nHost: h\r\n\r\n").read().status()).isEqualTo(400);
    }
    try (EdgeUnderTest other =
            new EdgeUnderTest(EdgeUnderTest.onlyHttp1()).route("/page", "", waits);
        RawClient one = other.start().connect()) {
      assertThat(one.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").read().status()).isEqualTo(505);
    }
    try (RawClient one = edge.connect()) {
      one.send("PRI * HT");
      edge.settle();
      one.send("TP/2.0\r\n\r\nS");
      edge.settle();
      one.send("M\r\n\r\n\0\0\0\4\0\0\0\0\0");
      assertThat(one.socket().getInputStream().read()).isZero();
    }
  }
}

package dev.serai.gateway.edge;

import static dev.serai.gateway.edge.EdgeUnderTest.eventually;
import static dev.serai.gateway.edge.EdgeUnderTest.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import java.io.IOException;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.component.netty.NettyConstants;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams are sent from a source to a client's socket. */
class EdgeStreamTest {
  private static final String GET = "GET /stream HTTP/1.1\r\nHost: h\r\n\r\n";

  private final ScriptedStream stream = new ScriptedStream();
  private final CompletableFuture<Runnable> late = new CompletableFuture<>();
  private final CompletableFuture<Channel> channel = new CompletableFuture<>();
  private EdgeUnderTest edge;

  @BeforeEach
  void serve() throws Exception {
    edge =
        EdgeUnderTest.small()
            .route("/stream", "httpMethodRestrict=GET", this::respond)
            .route("/late", "httpMethodRestrict=GET", new Late())
            .route("/page", "httpMethodRestrict=GET", says("page"))
            .start();
  }

  @AfterEach
  void stop() throws Exception {
    edge.close();
  }

  @Test
  void aBatchOfPiecesIsSentAsOneChunk() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(GET);
      stream.piece("data: a\n\n").piece("data: b\n\n").batchEnd();
      for (String line = client.line(); !line.isEmpty(); line = client.line()) {
        assertThat(line).doesNotStartWith("content-length");
      }
      assertThat(client.chunk()).isEqualTo("data: a\n\ndata: b\n\n");
      stream.piece("data: c\n\n").batchEnd();
      assertThat(client.chunk()).isEqualTo("data: c\n\n");
      stream.end();
      assertThat(client.chunk()).isEmpty();
      assertThat(client.get("/page").read().body()).isEqualTo("page");
    }
    assertThat(stream.cancels).hasValue(0);
  }

  @Test
  void aStreamsHeadIsSentAtOnceAndForbidsBuffering() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(GET);
      StringBuilder head = new StringBuilder();
      for (String line = client.line(); !line.isEmpty(); line = client.line()) {
        head.append(line).append('\n');
      }
      assertThat(head.toString())
          .contains(
              "HTTP/1.1 200 OK",
              "content-type: text/event-stream",
              "cache-control: no-cache",
              "x-accel-buffering: no",
              "x-request-id: ",
              "transfer-encoding: chunked");
      assertThat(edge.component().load().streams()).isEqualTo(1);
      assertThat(edge.component().load().inFlight()).isEqualTo(1);
      stream.end();
    }
    eventually("nothing is left", this::isQuiet);
  }

  @Test
  void aSlowReaderPausesTheSourceAndLosesNothing() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(GET);
      String piece = "x".repeat(16 * 1024);
      int sent = 0;
      while (!stream.isPaused()) {
        assertThat(sent++).as("pieces of 16 KiB that no client has read").isLessThan(10_000);
        stream.piece(piece).batchEnd();
        edge.settle();
      }
      assertThat(queued().totalPendingWriteBytes()).isLessThanOrEqualTo(128 * 1024);
      for (String line = client.line(); !line.isEmpty(); line = client.line()) {
        assertThat(line).isNotBlank();
      }
      long received = 0;
      stream.piece("the end").batchEnd();
      stream.end();
      for (String chunk = client.chunk(); !chunk.isEmpty(); chunk = client.chunk()) {
        received += chunk.length();
      }
      assertThat(received).isGreaterThan((long) sent * piece.length());
    }
  }

  @Test
  void aReaderThatCatchesUpResumesTheSource() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(GET);
      fillUp(edge);
      Thread reader = Thread.ofVirtual().start(() -> readAll(client));
      eventually("the source is resumed", () -> !stream.isPaused());
      stream.end();
      client.socket().shutdownOutput();
      reader.join();
    }
  }

  @Test
  void aClientThatReadsNothingIsDisconnected() throws Exception {
    try (EdgeUnderTest quick = EdgeUnderTest.quick().route("/stream", "", this::respond).start();
        RawClient client = quick.connect()) {
      client.send(GET);
      fillUp(quick);
      eventually("the source is cancelled", () -> stream.cancels.get() == 1);
      eventually("nothing is left", () -> quick.component().load().connections() == 0);
    }
  }

  @Test
  void aClientThatDisconnectsCancelsTheSource() throws Exception {
    RawClient client = edge.connect();
    client.send(GET);
    stream.piece("data: a\n\n").batchEnd();
    client.line();
    client.close();
    eventually("the source is cancelled", () -> stream.cancels.get() == 1);
    eventually("nothing is left", this::isQuiet);
  }

  @Test
  void aClientThatGoesBeforeTheReplyCancelsTheSourceWhenItComes() throws Exception {
    RawClient client = edge.connect();
    client.get("/late");
    Runnable reply = late.join();
    assertThat(edge.component().load().inFlight()).isEqualTo(1);
    client.close();
    eventually("the connection is gone", () -> edge.component().load().connections() == 0);
    reply.run();
    eventually("the source is cancelled", () -> stream.cancels.get() == 1);
    eventually("nothing is left", this::isQuiet);
  }

  @Test
  void aBrokenSourceEndsTheConnectionWithoutTheLastChunk() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(GET);
      stream.piece("data: a\n\n").batchEnd();
      stream.fail();
      assertThat(client.rest()).endsWith("9\r\ndata: a\n\n\r\n");
    }
    eventually("nothing is left", this::isQuiet);
  }

  @Test
  void aBrokenSourceResetsAnHttp10Client() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send("GET /stream HTTP/1.0\r\n\r\n");
      stream.piece("data: a\n\n").batchEnd();
      client.line();
      stream.fail();
      assertThatThrownBy(client::rest).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void anHttp10ClientGetsTheBytesAndTheEnd() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      stream.piece("data: a\n\n").batchEnd();
      stream.piece("data: b\n\n").batchEnd();
      stream.end();
      assertThat(client.read().body()).isEqualTo("data: a\n\ndata: b\n\n");
    }
  }

  @Test
  void headOfAStreamHasNoBodyAndCancelsTheSource() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send("HEAD /stream HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(client.read(true).status()).isEqualTo(200);
      assertThat(stream.cancels).hasValue(1);
      assertThat(client.get("/page").read().body()).isEqualTo("page");
    }
  }

  @Test
  void aRequestPipelinedBehindAStreamWaits() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(GET + "GET /page HTTP/1.1\r\nHost: h\r\n\r\n");
      stream.piece("a").batchEnd();
      stream.end();
      assertThat(client.read().body()).isEqualTo("a");
      assertThat(client.read().body()).isEqualTo("page");
    }
  }

  private void respond(Exchange exchange) {
    ChannelHandlerContext ctx =
        exchange
            .getMessage()
            .getHeader(NettyConstants.NETTY_CHANNEL_HANDLER_CONTEXT, ChannelHandlerContext.class);
    channel.complete(ctx.channel());
    exchange.getMessage().setBody(reply());
  }

  private ChannelOutboundBuffer queued() {
    return channel.join().unsafe().outboundBuffer();
  }

  private void fillUp(EdgeUnderTest serving) throws InterruptedException {
    for (int sent = 0; !stream.isPaused(); sent++) {
      assertThat(sent).as("pieces of 16 KiB that no client has read").isLessThan(10_000);
      stream.piece("x".repeat(16 * 1024)).batchEnd();
      serving.settle();
    }
  }

  private Reply reply() {
    return new Reply.Streaming(
        200, new HeaderFields().add("content-type", "text/event-stream"), stream);
  }

  private boolean isQuiet() {
    EdgeLoad load = edge.component().load();
    return load.streams() == 0 && load.inFlight() == 0 && load.connections() == 0;
  }

  private static void readAll(RawClient client) {
    try {
      client.rest();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Replies when the test tells it to. */
  private final class Late extends AsyncProcessorSupport {
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      late.complete(
          () -> {
            exchange.getMessage().setBody(reply());
            callback.done(false);
          });
      return false;
    }
  }
}

package dev.serai.gateway.edge;

import static dev.serai.gateway.edge.EdgeUnderTest.eventually;
import static dev.serai.gateway.edge.EdgeUnderTest.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that end their side of the connection after the request, as {@code nc -N} does. */
class EdgeHalfCloseTest {
  private final ScriptedStream stream = new ScriptedStream();
  private final CompletableFuture<Runnable> late = new CompletableFuture<>();
  private EdgeUnderTest edge;

  @BeforeEach
  void serve() throws Exception {
    edge =
        EdgeUnderTest.small()
            .route("/page", "", says("page"))
            .route("/late", "", new Late())
            .route("/stream", "", this::streaming)
            .start();
  }

  @AfterEach
  void stop() throws Exception {
    edge.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1", "1.0"})
  void theReplyThatIsThereAtOnceIsSent(String version) throws Exception {
    try (RawClient client = edge.connect()) {
      client.send("GET /page HTTP/" + version + "\r\nHost: h\r\n\r\n");
      client.socket().shutdownOutput();
      assertThat(client.rest()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\npage");
    }
    assertQuiet();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1", "1.0"})
  void aReplyThatTakesItsTimeIsSentByteForByte(String version) throws Exception {
    try (RawClient client = edge.connect()) {
      client.send("GET /late HTTP/" + version + "\r\nHost: h\r\n\r\n");
      client.socket().shutdownOutput();
      Runnable reply = late.orTimeout(30, TimeUnit.SECONDS).join();
      // The status line begins to arrive: that is how a client that is gone is found.
      assertThat(client.socket().getInputStream().read()).isEqualTo('H');
      assertThat(edge.component().load().inFlight()).isEqualTo(1);
      reply.run();
      assertThat(client.rest()).startsWith("TTP/1.1 200 OK\r\n").endsWith("\r\n\r\nlate");
    }
    assertQuiet();
  }

  @Test
  void aStreamIsSentToItsEnd() throws Exception {
    try (RawClient client = edge.connect()) {
      client.get("/stream");
      stream.piece("data: a\n\n").batchEnd();
      client.socket().shutdownOutput();
      assertThat(client.line()).isEqualTo("HTTP/1.1 200 OK");
      stream.piece("data: b\n\n").batchEnd();
      stream.end();
      assertThat(client.rest())
          .contains("data: a\n\n")
          .contains("data: b\n\n")
          .endsWith("0\r\n\r\n");
    }
    assertThat(stream.cancels).hasValue(0);
    assertQuiet();
  }

  @Test
  void requestsSentAheadAreAllAnswered() throws Exception {
    try (RawClient client = edge.connect()) {
      client.get("/late").get("/page").get("/page");
      client.socket().shutdownOutput();
      late.orTimeout(30, TimeUnit.SECONDS).join().run();
      assertThat(client.read().body()).isEqualTo("late");
      assertThat(client.read().body()).isEqualTo("page");
      assertThat(client.read().body()).isEqualTo("page");
      assertThat(client.rest()).isEmpty();
    }
    assertQuiet();
  }

  @Test
  void aRequestThatIsCutOffIsRefusedAndNotServed() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send("POST /page HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nhalf");
      client.socket().shutdownOutput();
      assertThat(client.rest())
          .startsWith("HTTP/1.1 400 Bad Request\r\n")
          .contains("incomplete_request")
          .doesNotEndWith("page");
    }
    assertQuiet();
  }

  @Test
  void aClientThatHasClosedIsFoundBeforeTheReply() throws Exception {
    RawClient client = edge.connect();
    client.get("/late");
    late.orTimeout(30, TimeUnit.SECONDS).join();
    client.close();
    eventually("the connection is gone", () -> edge.component().load().connections() == 0);
    late.orTimeout(30, TimeUnit.SECONDS).join().run();
    assertQuiet();
  }

  @Test
  void aClientThatHasResetIsFoundBeforeTheReply() throws Exception {
    RawClient client = edge.connect();
    client.get("/late");
    late.orTimeout(30, TimeUnit.SECONDS).join();
    client.socket().setSoLinger(true, 0);
    client.close();
    eventually("the connection is gone", () -> edge.component().load().connections() == 0);
    late.orTimeout(30, TimeUnit.SECONDS).join().run();
    assertQuiet();
  }

  @Test
  void aClientThatHalfClosesAndThenClosesIsFound() throws Exception {
    RawClient client = edge.connect();
    client.get("/late");
    late.orTimeout(30, TimeUnit.SECONDS).join();
    client.socket().shutdownOutput();
    client.socket().getInputStream().read();
    client.close();
    eventually("the connection is gone", () -> edge.component().load().connections() == 0);
    late.orTimeout(30, TimeUnit.SECONDS).join().run();
    assertQuiet();
  }

  @Test
  void aClientThatHasReadAllOfASilentStreamAndClosesIsFound() throws Exception {
    RawClient client = edge.connect();
    client.get("/stream");
    stream.piece("data: a\n\n").batchEnd();
    readHead(client);
    assertThat(client.chunk()).isEqualTo("data: a\n\n");
    client.close();
    eventually("the source is cancelled", () -> stream.cancels.get() == 1);
    assertQuiet();
  }

  @Test
  void anIdleClientThatCloses() throws Exception {
    try (RawClient client = edge.connect()) {
      assertThat(client.get("/page").read().body()).isEqualTo("page");
      client.socket().shutdownOutput();
      assertThat(client.rest()).isEmpty();
    }
    assertQuiet();
  }

  private static void readHead(RawClient client) throws IOException {
    String line;
    do {
      line = client.line();
    } while (!line.isEmpty());
  }

  private void assertQuiet() {
    eventually(
        "nothing is left",
        () -> {
          EdgeLoad load = edge.component().load();
          return load.streams() == 0 && load.inFlight() == 0 && load.connections() == 0;
        });
  }

  private void streaming(Exchange exchange) {
    exchange.getMessage().setBody(new Reply.Streaming(200, new HeaderFields(), stream));
  }

  /** Replies when the test tells it to. */
  private final class Late extends AsyncProcessorSupport {
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      late.complete(
          () -> {
            exchange.getMessage().setBody(EdgeUnderTest.text("late"));
            callback.done(false);
          });
      return false;
    }
  }
}

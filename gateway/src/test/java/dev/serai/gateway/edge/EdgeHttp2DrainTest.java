package dev.serai.gateway.edge;

import static dev.serai.gateway.edge.EdgeUnderTest.eventually;
import static dev.serai.gateway.edge.EdgeUnderTest.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import io.netty.handler.codec.http2.Http2Error;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How connections of HTTP/2 end: when the server drains, and when their client takes too long. */
class EdgeHttp2DrainTest {
  private final ScriptedStream stream = new ScriptedStream();
  private EdgeUnderTest edge;
  private Http2Client client;

  private void serve(EdgeSettings settings) throws Exception {
    edge =
        new EdgeUnderTest(settings)
            .route("/page", "", says("page"))
            .route("/health/ready", "", says("draining"))
            .route("/large", "", says("x".repeat(300_000)))
            .route(
                "/stream",
                "",
                e -> e.getMessage().setBody(new Reply.Streaming(200, new HeaderFields(), stream)))
            .start();
    client = new Http2Client(edge.port());
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    edge.close();
  }

  private CompletableFuture<Boolean> drain(Duration atMost) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return edge.component().drain(Duration.ZERO, atMost, () -> {});
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void aStreamFinishesAfterTheGoAwayAndThenTheConnectionCloses() throws Exception {
    serve(EdgeSettings.defaults());
    assertThat(client.get("/page").body()).isEqualTo("page");
    Http2Client.Call call = client.get("/stream");
    stream.piece("a").batchEnd();
    eventually("it arrives", () -> call.sofar().equals("a"));
    CompletableFuture<Boolean> drained = drain(Duration.ofSeconds(60));
    assertThat(Http2Client.await(client.goneAway)).isEqualTo(Http2Error.NO_ERROR);
    try (Http2Client late = new Http2Client(edge.port());
        Http2Client probe = new Http2Client(edge.port())) {
      Http2Client.Call refused = late.get("/page");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.body()).contains("shutting_down");
      assertThat(refused.field("retry-after")).isNotEmpty();
      assertThat(Http2Client.await(late.goneAway)).isEqualTo(Http2Error.NO_ERROR);
      assertThat(probe.get("/health/ready").body()).isEqualTo("draining");
    }
    assertThat(client.isClosed()).isFalse();
    assertThat(drained).isNotDone();
    stream.piece("b").batchEnd();
    stream.end();
    assertThat(call.body()).isEqualTo("ab");
    assertThat(drained.join()).isTrue();
    eventually("it closes", client::isClosed);
  }

  @Test
  void anIdleConnectionIsClosedAtOnceAndOneThatRunsOnIsCutOff() throws Exception {
    serve(EdgeSettings.defaults());
    assertThat(client.get("/page").body()).isEqualTo("page");
    try (Http2Client running = new Http2Client(edge.port())) {
      Http2Client.Call call = running.get("/stream");
      stream.piece("a").batchEnd();
      eventually("it arrives", () -> call.sofar().equals("a"));
      assertThat(drain(Duration.ofMillis(500)).join()).isFalse();
      assertThat(call.error()).isEqualTo(Http2Error.INTERNAL_ERROR);
      eventually("the source is cancelled", () -> stream.cancels.get() == 1);
      eventually("both close", () -> running.isClosed() && client.isClosed());
    }
  }

  @Test
  void aConnectionWithoutRequestsIsClosedAfterTheIdleTime() throws Exception {
    serve(EdgeUnderTest.QUICK);
    assertThat(Http2Client.await(client.goneAway)).isEqualTo(Http2Error.NO_ERROR);
    eventually("it closes", client::isClosed);
    eventually("it is not counted", () -> edge.component().load().connections() == 0);
  }

  @Test
  void aBodyThatArrivesTooSlowlyGets408() throws Exception {
    serve(EdgeUnderTest.STRICT);
    Http2Client.Call slow = client.begin(Http2Client.head("POST", "/page"));
    slow.data("x", false);
    assertThat(slow.status()).isEqualTo(408);
    assertThat(slow.error()).isEqualTo(Http2Error.NO_ERROR);
  }

  @Test
  void aStreamWhoseClientReadsNothingIsReset() throws Exception {
    serve(EdgeUnderTest.STRICT);
    Http2Client.Call deaf = client.deaf("/large");
    Http2Client.Call waiting = client.get("/stream");
    stream.piece("a").batchEnd();
    assertThat(deaf.error()).isEqualTo(Http2Error.CANCEL);
    assertThat(client.isClosed()).isFalse();
    stream.end();
    assertThat(waiting.body()).startsWith("a");
  }

  @Test
  void aSilentStreamIsKeptAlive() throws Exception {
    serve(EdgeUnderTest.CHATTY);
    Http2Client.Call call = client.get("/stream");
    stream.piece("a").batchEnd();
    eventually("it is kept alive", () -> call.sofar().contains(": alive"));
    stream.end();
    assertThat(call.body()).startsWith("a");
  }

  @Test
  void aClientThatOnlyHalfWritesThePrefaceGets408() throws Exception {
    serve(EdgeUnderTest.STRICT);
    try (RawClient half = edge.connect().send("PRI * HT")) {
      assertThat(half.read().status()).isEqualTo(408);
    }
  }
}

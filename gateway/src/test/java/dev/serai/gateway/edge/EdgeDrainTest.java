package dev.serai.gateway.edge;

import static dev.serai.gateway.edge.EdgeUnderTest.eventually;
import static dev.serai.gateway.edge.EdgeUnderTest.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import dev.serai.gateway.edge.RawClient.Answer;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Draining: running requests finish before the server stops. */
class EdgeDrainTest {
  private final ScriptedStream stream = new ScriptedStream();
  private EdgeUnderTest edge;

  @BeforeEach
  void serve() throws Exception {
    edge =
        new EdgeUnderTest(EdgeSettings.defaults())
            .route(
                "/stream",
                "",
                exchange ->
                    exchange
                        .getMessage()
                        .setBody(new Reply.Streaming(200, new HeaderFields(), stream)))
            .route("/page", "", says("page"))
            .start();
  }

  @AfterEach
  void stop() throws Exception {
    edge.close();
  }

  @Test
  void aStreamFinishesIdleConnectionsCloseAndNewOnesAreRefused() throws Exception {
    try (RawClient idle = edge.connect();
        RawClient streaming = edge.connect();
        RawClient half = edge.connect()) {
      idle.get("/page").read();
      streaming.get("/stream");
      stream.piece("a").batchEnd();
      half.send("GET /page HTTP/1.1\r\n");
      eventually("all is there", () -> edge.component().load().connections() == 3);
      CompletableFuture<Boolean> drained = drain(Duration.ofSeconds(30));

      assertThat(idle.rest()).isEmpty();
      eventually("nobody new", this::isRefused);
      assertRefused(half.send("Host: h\r\n\r\n").read());
      assertThat(half.rest()).isEmpty();
      assertThat(drained).isNotDone();

      stream.piece("b").batchEnd();
      stream.end();
      assertThat(streaming.read().body()).isEqualTo("ab");
      assertThat(streaming.rest()).isEmpty();
      assertThat(drained.join()).isTrue();
    }
  }

  @Test
  void requestsThatDoNotFinishInTimeAreCutOff() throws Exception {
    try (RawClient streaming = edge.connect()) {
      streaming.get("/stream");
      stream.piece("a").batchEnd();
      streaming.line();
      assertThat(drain(Duration.ofMillis(100)).join()).isFalse();
      streaming.rest();
      eventually("the source is cancelled", () -> stream.cancels.get() == 1);
    }
  }

  @Test
  void drainingAnIdleServerFinishesAtOnce() {
    assertThat(drain(Duration.ofSeconds(30)).join()).isTrue();
  }

  private static void assertRefused(Answer answer) {
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("retry-after")).isPresent();
    assertThat(answer.header("connection")).contains("close");
  }

  private boolean isRefused() {
    try (RawClient client = edge.connect()) {
      return false;
    } catch (ConnectException e) {
      return true;
    } catch (java.io.IOException e) {
      return false;
    }
  }

  private CompletableFuture<Boolean> drain(Duration atMost) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return edge.component().drain(atMost);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}

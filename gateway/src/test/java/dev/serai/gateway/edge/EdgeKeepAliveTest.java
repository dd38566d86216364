package dev.serai.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keep-alives on streams whose source is silent. */
class EdgeKeepAliveTest {
  private static final String GET = "GET /stream HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String ALIVE = ": alive\n\n";

  private final ScriptedStream stream = new ScriptedStream();
  private final ScheduledExecutorService source = Executors.newSingleThreadScheduledExecutor();
  private EdgeUnderTest edge;

  @AfterEach
  void stop() throws Exception {
    source.shutdownNow();
    edge.close();
  }

  @Test
  void aSilentStreamGetsKeepAlivesAndContinues() throws Exception {
    serve(EdgeUnderTest.TALKATIVE);
    try (RawClient client = begin()) {
      long begun = System.nanoTime();
      assertThat(client.chunk()).isEqualTo(ALIVE);
      assertThat(client.chunk()).isEqualTo(ALIVE);
      // Half the time at least; a machine that is busy makes it longer.
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(150));
      stream.piece("data: b\n\n").batchEnd();
      assertThat(nextEvent(client)).isEqualTo("data: b\n\n");
      stream.end();
      assertThat(nextEvent(client)).isEmpty();
    }
  }

  @Test
  void aStreamThatFlowsGetsNoKeepAlives() throws Exception {
    serve(EdgeUnderTest.TALKATIVE);
    try (RawClient client = begin()) {
      source.scheduleAtFixedRate(
          () -> stream.piece("data: b\n\n").batchEnd(), 0, 5, TimeUnit.MILLISECONDS);
      long filler = 0;
      for (int i = 0; i < 100; i++) {
        filler += client.chunk().contains(ALIVE) ? 1 : 0;
      }
      // None, but for a source that this machine held up.
      assertThat(filler).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void aClientThatStallsIsDisconnectedAlsoOnASilentStream() throws Exception {
    serve(EdgeUnderTest.TALKATIVE);
    try (RawClient _ = begin()) {
      stream.piece("x".repeat(6 * 1024 * 1024)).batchEnd();
      EdgeUnderTest.eventually("the source is told to stop", () -> stream.cancels.get() > 0);
    }
  }

  @Test
  void zeroDisablesKeepAlives() throws Exception {
    serve(EdgeUnderTest.QUICK);
    try (RawClient client = begin()) {
      source.schedule(() -> stream.end(), 700, TimeUnit.MILLISECONDS);
      assertThat(client.chunk()).isEmpty();
    }
  }

  private static String nextEvent(RawClient client) throws IOException {
    String chunk = client.chunk();
    for (int alive = 0; chunk.equals(ALIVE); alive++) {
      assertThat(alive).as("keep-alives before the next event").isLessThan(10_000);
      chunk = client.chunk();
    }
    return chunk;
  }

  private void serve(EdgeSettings settings) throws Exception {
    edge =
        new EdgeUnderTest(settings)
            .route(
                "/stream",
                "httpMethodRestrict=GET",
                exchange ->
                    exchange
                        .getMessage()
                        .setBody(new Reply.Streaming(200, new HeaderFields(), stream)))
            .start();
  }

  /** A client that has read the head and the first event. */
  private RawClient begin() throws IOException {
    RawClient client = edge.connect();
    client.send(GET);
    stream.piece("data: a\n\n").batchEnd();
    String line;
    do {
      line = client.line();
    } while (!line.isEmpty());
    assertThat(client.chunk()).isEqualTo("data: a\n\n");
    return client;
  }
}

package dev.serai.gateway.edge;

import static dev.serai.gateway.edge.EdgeUnderTest.eventually;
import static dev.serai.gateway.edge.EdgeUnderTest.says;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.Test;

/** Requests that a client sends before it has the reply to the last one. */
class EdgePipeliningTest {
  private final Slow slow = new Slow();

  @Test
  void aConnectionIsReadAgainAfterRequestsThatWereSentAhead() throws Exception {
    try (EdgeUnderTest edge =
            EdgeUnderTest.small()
                .route("/page", "", says("page"))
                .route("/slow", "", slow)
                .start();
        RawClient client = edge.connect()) {
      client.get("/slow");
      client.get("/slow");
      for (int i = 0; i < 2; i++) {
        slow.goOn();
        assertThat(client.read().body()).isEqualTo("slow");
      }
      assertThat(client.get("/page").read().body()).isEqualTo("page");
    }
  }

  /** A step that ends when the test says so. */
  private static final class Slow extends AsyncProcessorSupport {
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      waiting.add(
          () -> {
            exchange.getMessage().setBody(EdgeUnderTest.text("slow"));
            callback.done(false);
          });
      return false;
    }

    void goOn() {
      eventually("it waits", () -> !waiting.isEmpty());
      waiting.remove().run();
    }
  }
}

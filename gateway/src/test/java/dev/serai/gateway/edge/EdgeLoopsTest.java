package dev.serai.gateway.edge;

import static dev.serai.gateway.edge.EdgeUnderTest.eventually;
import static dev.serai.gateway.edge.EdgeUnderTest.says;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An event loop that has ended does not start again, and takes its connections with it. */
class EdgeLoopsTest {
  @Test
  void theEndOfAnEventLoopIsSeen() throws Exception {
    try (EdgeUnderTest edge = EdgeUnderTest.small().route("/page", "", says("page")).start()) {
      assertThat(edge.component().loopsWork())
          .isEqualTo(Map.of("edge-loop-1", true, "edge-loop-2", true));

      edge.component().loops().iterator().next().shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();

      eventually(
          "one has ended",
          () ->
              edge.component()
                  .loopsWork()
                  .equals(Map.of("edge-loop-1", false, "edge-loop-2", true)));
    }
  }
}

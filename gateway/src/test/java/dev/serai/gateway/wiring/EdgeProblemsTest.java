package dev.serai.gateway.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.ask.AskSurface;
import dev.serai.adapters.dialects.openai.OpenAiSurface;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.surface.Surfaces;
import dev.serai.gateway.edge.ProblemWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EdgeProblemsTest {
  private static final GatewayProblem FULL =
      new CapacityProblem("shutting_down", "The gateway is stopping.", Duration.ofSeconds(1));

  @Test
  void whatTheEdgeRefusesHasTheFormAndTheStatusOfTheApi() {
    List<GatewayProblem> shown = new ArrayList<>();
    ProblemWriter problems =
        EdgeFeature.problems(
            new Surfaces(
                new OpenAiSurface(InstantSource.system()),
                List.of(new AskSurface(() -> new AskSurface.Rules("m", 10)))),
            shown::add);
    assertThat(problems.status("/v1/ask", FULL)).isEqualTo(429);
    assertThat(new String(problems.of("/v1/ask", FULL), UTF_8))
        .isEqualTo("{\"error\":\"backpressure\",\"detail\":\"The gateway is stopping.\"}");
    assertThat(problems.status("/v1/chat/completions", FULL)).isEqualTo(503);
    assertThat(shown).containsExactly(FULL);
  }
}

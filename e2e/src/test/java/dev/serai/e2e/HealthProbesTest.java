package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.ScriptedProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that no client calls are probed, and their circuit breakers know how they are. */
class HealthProbesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String SETTINGS =
      """
      upstream:
        health_probes: {models: [openai/small], every: 1s}
        breaker: {minimum_calls: 2, open_time: 1s, early_probe: 0s}
      """;

  @TempDir Path folder;

  @Test
  void probesOpenTheBreakerOfAModelThatFailsAndCloseItWhenItIsBack() throws Exception {
    JsonNode failed = Caller.parse("{\"status\": 500, \"body\": {}}");
    try (Served<ScriptedProvider> served = Served.byScript(folder, SETTINGS)) {
      served.provider().play(List.of(failed, failed));
      Until.holds(PATIENCE, "the breaker opens", () -> open(served) == 1);
      Until.holds(PATIENCE, "the breaker closes", () -> open(served) == 0);
      JsonNode sent = served.provider().bodies().getLast();
      assertThat(sent.at("/messages/0/content").asText()).isEqualTo("ping");
      assertThat(sent.path("max_completion_tokens").asInt() + sent.path("max_tokens").asInt())
          .isEqualTo(16);
      Until.holds(PATIENCE, "it is counted", () -> usage(served, "?group_by=task_type"));
      Until.holds(PATIENCE, "its rows are listed", () -> usage(served, "?task_type=health_probe"));
      Until.holds(PATIENCE, "as those of its tenant", () -> usage(served, "?tenant=public"));
    }
  }

  private static boolean usage(Served<ScriptedProvider> served, String query) {
    JsonNode data = Caller.parse(served.http().get("/v1/usage" + query).body()).path("data");
    return data.toString().contains("health_probe");
  }

  private static int open(Served<ScriptedProvider> served) {
    return served
        .http()
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("serai_breakers_open "))
        .map(line -> (int) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
        .findFirst()
        .orElse(-1);
  }
}

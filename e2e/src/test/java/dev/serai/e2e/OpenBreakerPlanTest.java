package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model whose circuit breaker is open is behind the others in every plan. */
class OpenBreakerPlanTest {
  private static final String CALLER = "manager-0123456789abcdef";
  private static final String STOPPED = "its circuit breaker is open";

  private static final String SETTINGS =
      """
      auth:
        keys: [{name: manager, key: %s, role: admin}]
      upstream: {breaker: {open_time: 10m, early_probe: 0s}}
      models:
        cheap: {targets: [openai/error-500, anthropic/text, ollama/text], strategy: cost_aware}
        crowd: {targets: [openai/error-500, anthropic/text, ollama/text], fan_out: {aggregate: consensus, width: 2, min_responses: 2}}
        down: {targets: [openai/error-500, openai/error-500]}
      """
          .formatted(CALLER);

  @TempDir static Path folder;
  private static Served<CassetteServer> served;

  @BeforeAll
  static void start() {
    served = Served.byCassettes(folder, SETTINGS);
    for (int i = 0; i < 20; i++) {
      send("/v1/chat/completions", "openai/error-500");
    }
    Caller.Reply stopped = send("/v1/chat/completions", "openai/error-500");
    assertThat(stopped.body()).contains("circuit breaker is open");
    served.provider().forget();
  }

  @AfterAll
  static void stop() throws Exception {
    served.close();
  }

  @Test
  void anyStrategyHasTheNextOneAsPrimaryAndOneAttempt() {
    JsonNode explained = send("/v1/routes/explain", "cheap").json();
    assertThat(models(explained)).last().isEqualTo("openai/error-500 fallback " + STOPPED);
    assertThat(explained.at("/candidates/0/role").asText()).isEqualTo("primary");
    assertThat(explained.at("/candidates/0/remark").isMissingNode()).isTrue();
    Caller.Reply reply = send("/v1/chat/completions", "cheap");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.header("x-serai-attempts")).isEqualTo("1");
  }

  @Test
  void aFanOutAsksTheCandidateBehindIt() {
    Caller.Reply reply = send("/v1/chat/completions", "crowd");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.header("x-serai-attempts")).isEqualTo("2");
  }

  @Test
  void theOnlyModelIsStillTriedAndTheReplySaysWhenToComeBack() {
    assertThat(models(send("/v1/routes/explain", "down").json()))
        .contains("openai/error-500 primary " + STOPPED);
    Caller.Reply reply = send("/v1/chat/completions", "down");
    assertThat(reply.status()).isEqualTo(503);
    assertThat(Integer.parseInt(reply.header("retry-after"))).isBetween(1, 600);
  }

  private static List<String> models(JsonNode explained) {
    List<String> models = new ArrayList<>();
    for (JsonNode one : explained.path("candidates")) {
      models.add(
          String.join(
              " ",
              one.path("provider").asText() + "/" + one.path("model").asText(),
              one.path("role").asText(),
              one.path("remark").asText()));
    }
    return models;
  }

  private static Caller.Reply send(String path, String model) {
    HttpRequest.Builder request =
        served
            .http()
            .to(path, Caller.body(model, false).getBytes(UTF_8))
            .header("authorization", "Bearer " + CALLER);
    return served.http().send(request);
  }
}

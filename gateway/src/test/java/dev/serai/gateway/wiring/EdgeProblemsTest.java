package dev.serai.gateway.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.anthropic.AnthropicSurface;
import dev.serai.adapters.dialects.ask.AskSurface;
import dev.serai.adapters.dialects.gemini.GeminiSurface;
import dev.serai.adapters.dialects.ollama.OllamaSurface;
import dev.serai.adapters.dialects.openai.OpenAiSurface;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.surface.Surfaces;
import dev.serai.gateway.edge.ProblemWriter;
import dev.serai.gateway.edge.request.RequestHead;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeProblemsTest {
  private static final GatewayProblem FULL =
      new CapacityProblem("shutting_down", "The gateway is stopping.", Duration.ofSeconds(1));
  private static final HeaderFields ANTHROPIC =
      new HeaderFields().add("anthropic-version", "2023-06-01");

  private final List<GatewayProblem> shown = new ArrayList<>();
  private final ProblemWriter problems =
      EdgeFeature.problems(
          new Surfaces(
              new OpenAiSurface(InstantSource.system()),
              List.of(
                  new AnthropicSurface(),
                  new GeminiSurface(),
                  OllamaSurface.chat(InstantSource.system()),
                  new AskSurface(() -> new AskSurface.Rules("m", 10)))),
          shown::add);

  @Test
  void whatTheEdgeRefusesHasTheFormAndTheStatusOfTheApi() {
    RequestHead ask = head("/v1/ask", Headers.NONE);
    assertThat(problems.status(ask, FULL)).isEqualTo(503);
    assertThat(body("/v1/ask", Headers.NONE))
        .isEqualTo("{\"error\":\"shutting_down\",\"detail\":\"The gateway is stopping.\"}");
    assertThat(problems.status(head("/v1/chat/completions", Headers.NONE), FULL)).isEqualTo(503);
    assertThat(shown).containsExactly(FULL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api", "/api/chatt", "/api/nope", "/api/chat", "/api/tags"})
  void allPathsBelowApiHaveOllamasForm(String path) {
    assertThat(body(path, Headers.NONE)).isEqualTo("{\"error\":\"The gateway is stopping.\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/apis", "/api/chat/models", "/v1/models", "/v1/modelsx"})
  void otherPathsHaveOpenAisForm(String path) {
    assertThat(body(path, Headers.NONE)).startsWith("{\"error\":{\"message\":");
  }

  @Test
  void aClientOfAnthropicReadsItsOwnFormWithTheIdOfTheRequest() {
    for (String path : List.of("/v1/messages", "/v1/v1/messages")) {
      assertThat(body(path, Headers.NONE))
          .as(path)
          .startsWith("{\"type\":\"error\",")
          .endsWith(",\"request_id\":\"req-7\"}");
    }
    for (String path : List.of("/v1/models", "/v1/models/rrr", "/v1/v1/models")) {
      assertThat(body(path, ANTHROPIC)).as(path).startsWith("{\"type\":\"error\",");
    }
    assertThat(body("/v1/chat/completions", ANTHROPIC)).startsWith("{\"error\":{\"message\":");
  }

  @Test
  void aClientOfGeminiReadsItsOwnFormAtTheSharedPath() {
    Headers gemini = new HeaderFields().add("x-goog-api-key", "k");
    assertThat(body("/v1/models/rrr", gemini)).contains("\"status\":\"UNAVAILABLE\"");
  }

  private String body(String path, Headers headers) {
    return new String(problems.of(head(path, headers), FULL), UTF_8);
  }

  private static RequestHead head(String path, Headers headers) {
    return new RequestHead(
        "req-7",
        null,
        "GET",
        path,
        "",
        headers,
        -1,
        true,
        false,
        false,
        false,
        false,
        false,
        Headers.NONE,
        null);
  }
}

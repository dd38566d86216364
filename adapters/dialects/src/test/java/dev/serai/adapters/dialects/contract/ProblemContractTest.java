package dev.serai.adapters.dialects.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.anthropic.AnthropicSurface;
import dev.serai.adapters.dialects.gemini.GeminiSurface;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.ollama.OllamaSurface;
import dev.serai.adapters.dialects.openai.CompletionSurface;
import dev.serai.adapters.dialects.openai.OpenAiSurface;
import dev.serai.adapters.dialects.responses.ResponsesSurface;
import dev.serai.core.problem.AuthenticationProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.LimitProblem;
import dev.serai.core.problem.PermissionProblem;
import dev.serai.core.surface.Surface;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every surface writes 401, 403 and 429 in its own grammar: with its status, its type word and the
 * problem's message.
 */
class ProblemContractTest {
  private static final GatewayProblem UNAUTHENTICATED =
      new AuthenticationProblem("This gateway does not know the API key.");
  private static final GatewayProblem FORBIDDEN =
      new PermissionProblem(
          "model_not_allowed", "The API key may not use this model.", Optional.of("model"));
  private static final GatewayProblem LIMITED =
      new LimitProblem("rate_limit_exceeded", "The rate limit is reached.", Duration.ofSeconds(7));

  private static final Map<String, Surface> SURFACES = surfaces();

  private static Map<String, Surface> surfaces() {
    Clock clock = Clock.systemUTC();
    OpenAiSurface chat = new OpenAiSurface(clock);
    Map<String, Surface> surfaces = new LinkedHashMap<>();
    surfaces.put("openai", chat);
    surfaces.put("completions", new CompletionSurface(clock));
    surfaces.put("responses", new ResponsesSurface(clock));
    surfaces.put("anthropic", new AnthropicSurface());
    surfaces.put("gemini", new GeminiSurface());
    surfaces.put("ollama", OllamaSurface.chat(clock));
    return surfaces;
  }

  /** The type words for 401, 403 and 429; none where the surface's errors have only a message. */
  private static List<String> words(String surface) {
    return switch (surface) {
      case "anthropic" -> List.of("authentication_error", "permission_error", "rate_limit_error");
      case "gemini" -> List.of("UNAUTHENTICATED", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED");
      case "ollama" -> List.of("", "", "");
      default -> List.of("invalid_request_error", "permission_error", "rate_limit_error");
    };
  }

  @TestFactory
  Stream<DynamicTest> everySurfaceWritesThemInItsOwnWords() {
    return SURFACES.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      List<String> words = words(entry.getKey());
                      holds(entry.getValue(), UNAUTHENTICATED, 401, words.get(0));
                      holds(entry.getValue(), FORBIDDEN, 403, words.get(1));
                      holds(entry.getValue(), LIMITED, 429, words.get(2));
                    }));
  }

  private static void holds(Surface surface, GatewayProblem problem, int status, String word) {
    assertThat(surface.status(problem)).isEqualTo(status);
    JsonNode error = StrictJson.tree(surface.writeProblem(problem, "req-1")).path("error");
    String message = error.isTextual() ? error.textValue() : error.path("message").asText();
    assertThat(message).isEqualTo(problem.message());
    String member = error.has("status") ? "status" : "type";
    assertThat(error.path(member).asText("")).isEqualTo(word);
    if (error.has("code") && !error.path("code").isNumber()) {
      assertThat(error.path("code").asText()).isEqualTo(problem.code());
    }
  }

  @TestFactory
  Stream<DynamicTest> onlyTheLimitSaysWhenToTryAgain() {
    return Stream.of(UNAUTHENTICATED, FORBIDDEN, LIMITED)
        .map(
            problem ->
                DynamicTest.dynamicTest(
                    problem.code(),
                    () ->
                        assertThat(problem.retryAfter())
                            .isEqualTo(
                                problem == LIMITED
                                    ? Optional.of(Duration.ofSeconds(7))
                                    : Optional.empty())));
  }
}

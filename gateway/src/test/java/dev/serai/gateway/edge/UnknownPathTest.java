package dev.serai.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client reads whose base URL is wrong. */
class UnknownPathTest {
  private static String message(String path) {
    return message(path, new HeaderFields());
  }

  private static String message(String path, Headers headers) {
    return String.valueOf(UnknownPath.problem(path, headers).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/chat/completions", "/embeddings", "/models", "/v1/v1/chat/completions"})
  void aBaseUrlWithoutV1OrWithTwoOfThemIsExplained(String path) {
    assertThat(message(path))
        .isEqualTo(
            "There is nothing at this path. The paths of OpenAI's API begin with /v1: set the"
                + " client's base URL to http://HOST:PORT/v1.");
  }

  @Test
  void aBaseUrlOfAnAnthropicClientHasNoPath() {
    String without =
        "There is nothing at this path. The paths of Anthropic's clients begin with /v1 already: set"
            + " the client's base URL to http://HOST:PORT, without a path.";
    assertThat(message("/v1/v1/messages")).isEqualTo(without);
    assertThat(message("/v1/v1/messages/count_tokens")).isEqualTo(without);
    Headers anthropic = new HeaderFields().add("anthropic-version", "2023-06-01");
    assertThat(message("/v1/v1/models", anthropic)).isEqualTo(without);
  }

  @ParameterizedTest
  @CsvSource({
    "/health/liveliness, /health/live",
    "/health/readiness, /health/ready",
    "/key/generate, POST /v1/keys"
  })
  void aPathOfLiteLlmIsNamedWithTheOneHere(String path, String here) {
    assertThat(message(path)).isEqualTo("There is nothing at this path. Here it is " + here + ".");
  }

  @Test
  void anotherPathGetsNoHint() {
    assertThat(message("/nope")).isEqualTo("There is nothing at this path.");
    assertThat(message("")).isEqualTo("There is nothing at this path.");
  }
}

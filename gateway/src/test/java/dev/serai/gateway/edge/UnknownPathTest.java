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
  @ValueSource(strings = {"/chat/completions", "/embeddings", "/models"})
  void aBaseUrlWithoutV1IsExplained(String path) {
    assertThat(message(path))
        .isEqualTo(
            "There is nothing at this path. The paths of OpenAI's API begin with /v1: set the"
                + " client's base URL to http://HOST:PORT/v1.");
  }

  @Test
  void aBaseUrlWithAPartThatTheClientAppendsIsExplained() {
    assertThat(message("/v1/v1/chat/completions")).contains("The path has /v1 twice");
    assertThat(message("/v1/chat/completions/chat/completions"))
        .contains("The base URL has an operation in it", "http://HOST:PORT/v1.");
    assertThat(message("/v1/api/chat")).contains("no /v1 before them");
  }

  @Test
  void aBaseUrlOfAnAnthropicClientHasNoPath() {
    String without =
        "There is nothing at this path. The paths of Anthropic's clients begin with /v1 already:"
            + " set the client's base URL to http://HOST:PORT, without a path.";
    assertThat(message("/v1/v1/messages")).isEqualTo(without);
    assertThat(message("/v1/v1/messages/count_tokens")).isEqualTo(without);
    Headers anthropic = new HeaderFields().add("anthropic-version", "2023-06-01");
    assertThat(message("/v1/v1/models", anthropic)).isEqualTo(without);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/openai/chat/completions",
        "/openai/v1/chat/completions",
        "/api/v1/chat/completions",
        "/v1beta/openai/chat/completions",
        "/langchain/v1/embeddings"
      })
  void aPathBehindThePrefixOfAnotherGatewayIsExplained(String path) {
    assertThat(message(path)).endsWith(" set the client's base URL to http://HOST:PORT/v1.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/messages", "/anthropic/v1/messages"})
  void aWrongBaseUrlOfAnAnthropicClientIsExplained(String path) {
    assertThat(message(path)).endsWith("base URL to http://HOST:PORT, without a path.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1alpha/models/x:generateContent", "/genai/v1beta/models/x:countTokens"})
  void aWrongBaseUrlOfAGeminiClientIsExplained(String path) {
    assertThat(message(path)).endsWith("http://HOST:PORT, and its version to v1beta.");
  }

  @ParameterizedTest
  @CsvSource({
    "/health, /health/ready",
    "/health/liveliness, /health/live",
    "/health/readiness, /health/ready",
    "/key/generate, POST /v1/keys",
    "/key/info, /v1/keys",
    "/key/delete, DELETE /v1/keys/ID",
    "/v1/model/info, /v1/models",
    "/user/new, /v1/users",
    "/organization/new, /v1/tenants",
    "/budget/new, /v1/budgets",
    "/spend/logs, GET /v1/usage and /v1/usage/summary",
    "/global/spend/report, GET /v1/usage and /v1/usage/summary",
    "/v1/engines, GET /v1/models",
    "/v1/engines/gpt-4o/completions, GET /v1/models",
    "/v1/complete, POST /v1/messages",
    "/v2/rerank, POST /v1/rerank",
    "/v1/virtual-keys, /admin/credentials for keys of providers",
    "/api/providers, GET /v1/providers",
    "/redoc, /docs"
  })
  void aPathOfAnotherGatewayIsNamedWithTheOneHere(String path, String here) {
    assertThat(message(path)).isEqualTo("There is nothing at this path. Here it is " + here + ".");
  }

  @ParameterizedTest
  @CsvSource({
    "/openai/deployments/x/chat/completions, azure/DEPLOYMENT as the model.",
    "/team/new, name one as 'team' of a key",
    "/model/new, Models are in the settings",
    "/api/pull, Models are pulled and removed",
    "/v1/assistants, This part of OpenAI's API is not served.",
    "/v1/threads/t_1/runs, This part of OpenAI's API is not served.",
    "/v1/messages/batches, Batches of messages are not served.",
    "/ui, /docs"
  })
  void aPathWithoutTheSameHereSaysWhatToDoInstead(String path, String said) {
    assertThat(message(path)).contains(said);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions/, Remove the slash at its end.",
    "/V1/models, Paths are in lower case.",
    "/API/tags, Paths are in lower case.",
    "/v1/chat/completion, Did you mean /v1/chat/completions?",
    "/v1/chat, Did you mean /v1/chat/completions?",
    "/v1/embedding, Did you mean /v1/embeddings?",
    "/v1/message, Did you mean /v1/messages?",
    "/v1/key, Did you mean /v1/keys?",
    "/metric, Did you mean /metrics?"
  })
  void aMisspeltPathIsNamedWithTheOneThatIsMeant(String path, String said) {
    assertThat(message(path)).isEqualTo("There is nothing at this path. " + said);
  }

  @Test
  void anotherPathGetsNoHint() {
    assertThat(message("/nope")).isEqualTo("There is nothing at this path.");
    assertThat(message("")).isEqualTo("There is nothing at this path.");
    assertThat(message("/uik")).isEqualTo("There is nothing at this path.");
    assertThat(message("/v1/threadsafe")).isEqualTo("There is nothing at this path.");
  }
}

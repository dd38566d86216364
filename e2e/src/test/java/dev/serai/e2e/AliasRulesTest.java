package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.ScriptedProvider;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an alias and a model set for their calls, as the provider sees it. */
class AliasRulesTest {
  private static final String SETTINGS =
      """
      retry:
        max_attempts: 3
      providers:
        openai:
          models:
            - name: set
              headers: {x-model: set, x-team: none}
              parameters: {temperature: 0.7, top_p: 0.5, max_tokens: 300, body: {top_k: 40}, force: [max_tokens, top_k]}
      models:
        both: {targets: [openai/set], headers: {x-team: blue}, parameters: {temperature: 0.2}}
        once: {targets: [openai/small], max_attempts: 1}
        tuned:
          targets: [openai/small]
          headers: {x-team: blue}
          parameters: {temperature: 0.2, max_tokens: 500}
      """;

  @TempDir static Path folder;
  private static Served<ScriptedProvider> served;

  @BeforeAll
  static void start() {
    served = Served.byScript(folder, SETTINGS);
  }

  @AfterAll
  static void stop() throws Exception {
    served.close();
  }

  @Test
  void itsHeadersAndParametersReachTheProvider() {
    served.provider().play(List.of());
    assertThat(served.http().chat("tuned").status()).isEqualTo(200);
    JsonNode sent = served.provider().bodies().getLast();
    assertThat(sent.path("temperature").asDouble()).isEqualTo(0.2);
    assertThat(sent.path("max_completion_tokens").asInt()).isEqualTo(500);
    assertThat(served.provider().lastFields()).contains("x-team: blue");
  }

  @Test
  void whatARequestSetsGoesFirst() {
    served.provider().play(List.of());
    String body =
        Caller.body("tuned", false).replaceFirst("\\{", "{\"temperature\":1,\"max_tokens\":9,");
    assertThat(served.http().post(body).status()).isEqualTo(200);
    JsonNode sent = served.provider().bodies().getLast();
    assertThat(sent.path("temperature").asInt()).isEqualTo(1);
    assertThat(sent.has("max_completion_tokens") && sent.has("max_tokens")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/chat/completions", "/v1/messages"})
  void thoseOfAModelFollowThoseOfTheRequestAndTheAlias(String path) {
    served.provider().play(List.of());
    String body =
        "{\"model\":\"both\",\"max_tokens\":9,\"top_k\":7,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    assertThat(served.http().post(path, body).status()).isEqualTo(200);
    JsonNode sent = served.provider().bodies().getLast();
    assertThat(sent.path("temperature").asDouble()).isEqualTo(0.2);
    assertThat(sent.path("top_p").asDouble()).isEqualTo(0.5);
    assertThat(sent.path("max_tokens").asInt() + sent.path("max_completion_tokens").asInt())
        .isEqualTo(300);
    assertThat(sent.path("top_k").asInt()).isEqualTo(40);
    assertThat(served.provider().lastFields()).contains("x-team: blue", "x-model: set");
  }

  @Test
  void otherModelsGetNothingOfIt() {
    served.provider().play(List.of());
    assertThat(served.http().chat("openai/small").status()).isEqualTo(200);
    assertThat(served.provider().bodies().getLast().has("temperature")).isFalse();
    assertThat(served.provider().lastFields()).doesNotContain("x-team");
  }

  @Test
  void itSaysHowOftenToTry() {
    JsonNode failed = Caller.parse("{\"status\": 500, \"body\": {}}");
    served.provider().play(List.of(failed, failed, failed));
    assertThat(served.http().chat("once").status()).isEqualTo(500);
    assertThat(served.provider().bodies()).hasSize(1);
  }
}

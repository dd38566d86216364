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

/** What an alias sets for its calls, as its provider sees it. */
class AliasRulesTest {
  private static final String SETTINGS =
      """
      retry:
        max_attempts: 3
      models:
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

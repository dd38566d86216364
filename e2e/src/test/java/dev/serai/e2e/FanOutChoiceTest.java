package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.JudgedProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A fan-out whose response is merged by weights, or chosen by a judge. */
class FanOutChoiceTest {
  private static final String CALLER = "crowd-0123456789abcdef";
  private static final String MANAGER = "manager-0123456789abcdef";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String SETTINGS =
      """
      auth:
        keys:
          - {name: crowd, key: %s, role: developer, tenant: crowd, models: [judged, unjudged, forwarded, lonely, merged, nested, mixed]}
          - {name: manager, key: %s, role: admin, tenant: crowd}
      providers:
        openai: {models: [{name: judge, cost_per_input: 10, cost_per_output: 10}]}
      budgets:
        crowd: {scope: tenant, value: crowd, limit: 100, period: total, allow_unpriced: true}
      models:
        judged: {targets: [openai/poor, anthropic/better, ollama/worse], fan_out: {aggregate: best_by_judge, judge: openai/judge}}
        unjudged: {targets: [openai/poor, anthropic/better, ollama/poor], fan_out: {aggregate: best_by_judge, judge: openai/undecided}}
        forwarded: {targets: [openai/poor, openai/worse], fan_out: {aggregate: best_by_judge, judge: openai/judge}}
        lonely: {targets: [openai/missing, anthropic/poor], fan_out: {aggregate: best_by_judge, judge: openai/judge}}
        merged: {targets: [openai/lyon, anthropic/paris, ollama/paris], fan_out: {aggregate: weighted_merge}}
        nested: {targets: [{model: openai/lyon, weight: 5}, anthropic/paris, ollama/paris], fan_out: {aggregate: weighted_merge}}
        mixed: {targets: [{model: openai/poor, weight: 5}, anthropic/paris, ollama/paris], fan_out: {aggregate: weighted_merge}}
      """
          .formatted(CALLER, MANAGER);

  private static final Map<String, String> TEXTS =
      Map.of(
          "poor", "It is in the north.",
          "better", "A good explanation of where it is.",
          "worse", "I do not know.",
          "undecided", "All of them are fine.",
          "lyon",
              "{\"city\": \"Lyon\", \"facts\": {\"river\": \"Rhone\", \"people\": 2}, \"note\": true}",
          "paris", "{\"facts\": {\"people\": 2, \"river\": \"Seine\"}, \"city\": \"Paris\"}");

  @TempDir static Path folder;
  private static Served<JudgedProvider> served;

  @BeforeAll
  static void start() {
    JudgedProvider provider = JudgedProvider.start(TEXTS);
    served =
        Served.start(
            provider, RunningGateway.in(folder).providersAt(provider.url()).settings(SETTINGS));
  }

  @AfterAll
  static void stop() throws Exception {
    served.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theResponseWithTheHighestScoreServesTheCallAndTheJudgeIsPaidByTheCaller(boolean stream) {
    long before = judgeCalls();
    Caller.Reply reply = call("judged", stream);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(stream ? reply.streamed() : reply.content()).isEqualTo(TEXTS.get("better"));
    assertThat(reply.header("x-serai-provider")).isEqualTo("anthropic");
    assertThat(reply.header("x-serai-fan-out")).isEqualTo("best_by_judge");
    assertThat(reply.header("x-serai-judge-score")).isEqualTo("0.90");
    assertThat(reply.header("x-serai-agreement")).isEmpty();
    JsonNode shown = served.provider().judged().getLast().path("messages");
    assertThat(shown.path(0).path("content").asText()).contains("score");
    for (String text : List.of("Hello", "in the north", "A good explanation", "not know")) {
      assertThat(shown.path(1).path("content").asText()).contains(text);
    }
    Until.holds(PATIENCE, "the judge is in the ledger", () -> judgeCalls() == before + 1);
    JsonNode row = judgeRow();
    assertThat(row.path("tenant").asText()).isEqualTo("crowd");
    assertThat(row.path("key").asText()).isEqualTo("crowd");
    assertThat(row.path("cost").doubleValue()).isPositive();
    assertThat(row.path("request_id").asText()).isNotEqualTo(reply.header("x-request-id"));
    Until.holds(
        PATIENCE,
        "nothing is held",
        () -> get("/v1/budgets/crowd").path("accounts").path(0).path("held").doubleValue() == 0);
  }

  @Test
  void withoutScoresTheResponseIsOneThatMostAgreeWith() {
    Caller.Reply reply = call("unjudged", false);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.content()).isEqualTo(TEXTS.get("poor"));
    assertThat(reply.header("x-serai-judge-score")).isEmpty();
    assertThat(reply.header("x-serai-agreement")).isEqualTo("0.67");
  }

  @Test
  void aRequestThatIsForwardedAndCannotBeShownToAJudgeIsNotLost() {
    String body =
        Caller.body("forwarded", false)
            .replace(
                "\"Hello\"",
                "[{\"type\":\"video_url\",\"video_url\":{\"url\":\"https://a.example/v\"}}]");
    Caller.Reply reply = served.post(CALLER, "/v1/chat/completions", body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.content()).isIn(TEXTS.get("poor"), TEXTS.get("worse"));
    assertThat(reply.header("x-serai-agreement")).isEqualTo("0.50");
  }

  @Test
  void oneResponseIsNotJudged() {
    int before = served.provider().judged().size();
    Caller.Reply reply = call("lonely", false);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.content()).isEqualTo(TEXTS.get("poor"));
    assertThat(served.provider().judged()).hasSize(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "merged | false | {\"city\":\"Paris\",\"facts\":{\"river\":\"Seine\",\"people\":2}} | 0.75",
        "merged | true | {\"city\":\"Paris\",\"facts\":{\"river\":\"Seine\",\"people\":2}} | 0.75",
        "nested | false | {\"city\":\"Lyon\",\"facts\":{\"river\":\"Rhone\",\"people\":2},\"note\":true} |"
            + " 0.79"
      })
  void eachMemberHasTheValueWithTheMostWeight(
      String model, boolean stream, String merged, String agreement) {
    Caller.Reply reply = call(model, stream);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(Caller.parse(stream ? reply.streamed() : reply.content()))
        .isEqualTo(Caller.parse(merged));
    assertThat(!stream || reply.isFinished()).isTrue();
    assertThat(reply.header("x-serai-fan-out")).isEqualTo("weighted_merge");
    assertThat(reply.header("x-serai-agreement")).isEqualTo(agreement);
  }

  @Test
  void aTextWithMoreWeightThanAllObjectsIsChosen() {
    Caller.Reply reply = call("mixed", false);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.content()).isEqualTo(TEXTS.get("poor"));
    assertThat(reply.header("x-serai-agreement")).isEqualTo("0.71");
  }

  private static Caller.Reply call(String model, boolean stream) {
    return served.post(CALLER, "/v1/chat/completions", Caller.body(model, stream));
  }

  private static JsonNode get(String path) {
    return served.get(MANAGER, path).json();
  }

  private static long judgeCalls() {
    return judgeRows().size();
  }

  private static JsonNode judgeRow() {
    return judgeRows().getFirst();
  }

  private static List<JsonNode> judgeRows() {
    List<JsonNode> rows = new ArrayList<>();
    get("/v1/usage?tenant=crowd&limit=1000").path("data").forEach(rows::add);
    rows.removeIf(
        row ->
            !row.path("task_type").asText().equals("judge")
                || !row.path("model").asText().equals("judge"));
    return rows;
  }
}

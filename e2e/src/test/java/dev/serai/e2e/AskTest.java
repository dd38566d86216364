package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /v1/ask}: a prompt and a wanted quality, over providers with several prices. */
class AskTest {
  private static final String SETTINGS =
      """
      providers:
        nano: {kind: openai-compatible, base_url: "%1$s/v1", api_key: %2$s,
          models: [{name: text, cost_per_input: 0.1, cost_per_output: 0.2}, {name: structured, cost_per_input: 0.1, cost_per_output: 0.2}]}
        mini: {kind: openai-compatible, base_url: "%1$s/v1", api_key: %2$s, models: [
          {name: text, cost_per_input: 1, cost_per_output: 1},
          {name: error-500, cost_per_input: 0.5, cost_per_output: 0.5},
          {name: fin-mid-stream, cost_per_input: 1, cost_per_output: 1},
          {name: hang-first-token, cost_per_input: 0.5, cost_per_output: 0.5},
          {name: empty, cost_per_input: 0.5, cost_per_output: 0.5},
          {name: filtered, cost_per_input: 0.5, cost_per_output: 0.5},
          {name: paced-40x50, cost_per_input: 1, cost_per_output: 1},
          {name: gated-3x50, cost_per_input: 1, cost_per_output: 1}]}
        large: {kind: openai-compatible, base_url: "%1$s/v1", api_key: %2$s,
          models: [{name: text, cost_per_input: 10, cost_per_output: 10, quality: 0.95}]}
      models:
        asked: {targets: [large/text, mini/text, nano/text]}
        failing: {targets: [large/text, mini/error-500]}
        late: {targets: [large/text, mini/hang-first-token]}
        empty: {targets: [large/text, mini/empty]}
        filtered: {targets: [large/text, mini/filtered]}
        weak: {targets: [nano/text, mini/filtered]}
        json: {targets: [mini/text, nano/structured]}
      routing:
        ask: {model: asked, max_prompt_chars: 1000}
      limits:
        keys: {requests_per_second: 0}
      auth:
        keys:
          - {name: shop, key: shop-0123456789abcdef, role: user, tenant: shop}
          - {name: reader, key: reader-0123456789abcdef, role: readonly, tenant: shop}
          - {name: narrow, key: narrow-0123456789abcdef, role: user, tenant: shop, models: [nano/*]}
          - {name: once, key: once-0123456789abcdef, role: user, tenant: shop, limits: {requests_per_day: 1}}
      """;

  @TempDir static Path folder;
  private static CassetteServer provider;
  private static RunningGateway gateway;
  private static Caller http;

  @BeforeAll
  static void start() {
    provider = CassetteServer.start();
    gateway =
        RunningGateway.in(folder)
            .providersAt(provider.url())
            .settings(SETTINGS.formatted(provider.url(), RunningGateway.CANARY))
            .start();
    http = new Caller(gateway.url());
  }

  @AfterAll
  static void stop() {
    http.close();
    gateway.close();
    provider.close();
  }

  @ParameterizedTest
  @CsvSource({"fast, nano/text, 0.65", "balanced, mini/text, 0.75", "high, large/text, 0.95"})
  void theCheapestModelOfTheWantedQualityAnswers(String quality, String model, double predicted) {
    List<JsonNode> lines = lines(ask("{'prompt': 'Hi', 'quality': '" + quality + "'}"));
    JsonNode last = lines.getLast();
    assertThat(last.path("type").asText()).isEqualTo("final");
    assertThat(last.path("text").asText()).isEqualTo(ClientSettings.HELLO);
    assertThat(last.path("model_used").asText()).isEqualTo(model);
    assertThat(last.path("quality_score").asDouble()).isEqualTo(predicted);
    assertThat(last.path("tokens_in").asInt()).isEqualTo(11);
    assertThat(last.path("tokens_out").asInt()).isEqualTo(7);
    assertThat(last.path("escalation_count").asInt()).isZero();
    assertThat(last.path("cluster_hint").asText()).isEqualTo("chat");
  }

  @Test
  void theLinesAreThePlanThePiecesAndTheWhole() {
    Caller.Reply reply = ask("{'prompt': 'Hi'}");
    assertThat(reply.header("content-type")).isEqualTo("application/x-ndjson");
    assertThat(reply.header("x-serai-provider")).isEqualTo("mini");
    List<JsonNode> lines = lines(reply);
    JsonNode plan = lines.getFirst();
    assertThat(plan.path("type").asText()).isEqualTo("plan");
    assertThat(plan.path("candidates")).hasSize(3);
    JsonNode first = plan.path("candidates").get(0);
    assertThat(first.path("model").asText()).isEqualTo("mini/text");
    assertThat(first.path("cost_per_1k").asDouble()).isEqualTo(0.001);
    assertThat(first.path("quality_pred").asDouble()).isEqualTo(0.75);
    assertThat(first.has("latency_p95")).isTrue();
    assertThat(plan.path("reason").asText())
        .isEqualTo(
            "alias asked, cost_aware, quality_target balanced, quality of the first 0.75 by price");
    assertThat(plan.path("roles").toString())
        .isEqualTo(
            "[{\"role\":\"primary\",\"model\":\"mini/text\"},"
                + "{\"role\":\"fallback\",\"model\":\"large/text\"},"
                + "{\"role\":\"fallback\",\"model\":\"nano/text\"}]");
    assertThat(plan.path("prompt_hash").asText()).hasSize(64);
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < lines.size() - 1; i++) {
      assertThat(lines.get(i).path("type").asText()).isEqualTo("chunk");
      assertThat(lines.get(i).path("seq").asInt()).isEqualTo(i - 1);
      text.append(lines.get(i).path("text").asText());
    }
    assertThat(text).hasToString(ClientSettings.HELLO);
    assertThat(lines.getLast().path("cost_usd").asDouble()).isEqualTo(18e-6);
    assertThat(lines.getLast().path("savings_pct").asDouble()).isEqualTo(90);
  }

  @Test
  void linesAreSentAsTheyAreMade() throws Exception {
    HttpRequest.Builder request = request("{'prompt': 'Hi', 'model': 'mini/gated-3x50'}");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(http.open(request), UTF_8))) {
      assertThat(lines.readLine()).contains("\"type\":\"plan\"");
      assertThat(lines.readLine()).contains("\"type\":\"chunk\"");
      provider.openGate();
      String last = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line;
      }
      assertThat(last).contains("\"type\":\"final\"");
    }
  }

  @Test
  void aModelThatFailsIsReplacedAndTheLinesSayIt() {
    List<JsonNode> lines = lines(ask("{'prompt': 'Hi', 'model': 'failing'}"));
    assertThat(lines.get(1).toString())
        .isEqualTo("{\"type\":\"event\",\"event\":\"escalate\",\"model\":\"large/text\"}");
    assertThat(lines.getLast().path("model_used").asText()).isEqualTo("large/text");
    assertThat(lines.getLast().path("escalation_count").asInt()).isEqualTo(1);
  }

  @Test
  void aModelWithoutATokenInTimeIsLeftAndItsRequestIsCancelled() throws Exception {
    Caller.Reply reply = ask("{'prompt': 'Hi', 'model': 'late', 'latency_slo_ms': 1000}");
    List<JsonNode> lines = lines(reply);
    assertThat(lines.get(1).toString())
        .isEqualTo("{\"type\":\"event\",\"event\":\"escalate\",\"model\":\"large/text\"}");
    assertThat(lines.getLast().path("model_used").asText()).isEqualTo("large/text");
    assertThat(reply.took()).isBetween(Duration.ofMillis(600), Duration.ofSeconds(4));
    provider.received("hang-first-token").getLast().cancelled().get(20, TimeUnit.SECONDS);
    assertThat(causes(reply)).containsExactly("late", "");
    lines = lines(ask("{'prompt': 'Hi', 'model': 'late', 'latency_slo_ms': 1000}"));
    assertThat(lines.getLast().path("escalation_count").asInt()).as("it is known by now").isZero();
  }

  @Test
  void theOnlyModelHasAllOfTheTimeAndThenTheCallEnds() {
    Caller.Reply reply =
        ask("{'prompt': 'Hi', 'model': 'mini/hang-first-token', 'latency_slo_ms': 200}");
    refused(reply, 502, "external_service_error");
    assertThat(reply.took()).isBetween(Duration.ofMillis(800), Duration.ofSeconds(4));
  }

  @Test
  void aStreamThatTakesFourTimesTheLatencyIsAborted() {
    List<JsonNode> lines =
        lines(ask("{'prompt': 'Hi', 'model': 'mini/paced-40x50', 'latency_slo_ms': 200}"));
    assertThat(lines.get(1).path("type").asText()).isEqualTo("chunk");
    assertThat(lines.getLast().toString())
        .isEqualTo("{\"type\":\"final\",\"aborted\":true,\"error\":\"external_service_error\"}");
  }

  @Test
  void anEmptyResponseIsReplacedAndItsUsageIsInTheLedger() {
    Caller.Reply reply = ask("{'prompt': 'Hi', 'model': 'empty'}");
    assertThat(lines(reply).getLast().path("model_used").asText()).isEqualTo("large/text");
    assertThat(causes(reply)).containsExactly("unsatisfactory", "");
    assertThat(attempts(reply).get(0).path("output_tokens").asInt()).isEqualTo(7);
    String body =
        "{'model': 'empty', 'messages': [{'role': 'user', 'content': 'Hi'}],"
            + " 'serai': {'routing': {'quality_target': 'fast'}}}";
    assertThat(post("/v1/chat/completions", body).header("x-serai-provider")).isEqualTo("large");
    refusesNothing(
        "/v1/chat/completions",
        "{'model': 'empty', 'messages': [{'role': 'user', 'content': 'Hi'}]}");
  }

  @Test
  void aResponseThatBeginsWellFlowsUnlessItsModelIsBelowTheTarget() {
    List<JsonNode> flowed = lines(ask("{'prompt': 'Hi', 'model': 'filtered'}"));
    assertThat(flowed.getLast().path("model_used").asText()).isEqualTo("mini/filtered");
    List<JsonNode> held = lines(ask("{'prompt': 'Hi', 'model': 'weak', 'quality': 'high'}"));
    assertThat(held.getFirst().path("reason").asText()).contains("high reached by none");
    assertThat(held.getLast().path("model_used").asText()).isEqualTo("nano/text");
    assertThat(held.getLast().path("text").asText()).isEqualTo(ClientSettings.HELLO);
  }

  @Test
  void aResponseThatIsNotTheJsonThatWasAskedForIsReplaced() {
    String schema =
        "{'type': 'json_schema', 'json_schema': {'name': 'x', 'schema': {'type': 'object',"
            + " 'properties': {'city': {'type': 'string'}}}}}";
    String body =
        "{'model': 'json', 'messages': [{'role': 'user', 'content': 'Hi'}], 'response_format': "
            + schema;
    String target = ", 'serai': {'routing': {'quality_target': 'balanced'}}}";
    assertThat(post("/v1/chat/completions", body + target).header("x-serai-provider"))
        .isEqualTo("nano");
    assertThat(
            post("/v1/chat/completions", body + ", 'serai': {'routing': {'strategy': 'priority'}}}")
                .header("x-serai-attempts"))
        .isEqualTo("1");
  }

  @Test
  void tokensAreCountedWithATargetToo() {
    String body =
        "{'model': 'empty', 'max_tokens': 9, 'messages': [{'role': 'user', 'content': 'Hi'}],"
            + " 'serai': {'routing': {'quality_target': 'fast'}}}";
    Caller.Reply reply = post("/v1/messages/count_tokens", body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.json().path("input_tokens").asInt()).isPositive();
  }

  @Test
  void aPersonaAnswersToo() {
    List<JsonNode> lines = lines(ask("{'prompt': 'What is an alias?', 'model': 'persona/guide'}"));
    assertThat(lines.getLast().path("model_used").asText()).isEqualTo("persona/guide");
    assertThat(lines.getLast().path("text").asText()).isNotEmpty();
    assertThat(lines.getLast().path("cost_usd").asDouble(-1)).isZero();
  }

  private static void refusesNothing(String path, String body) {
    assertThat(post(path, body).status()).as("without a target nothing is checked").isEqualTo(200);
  }

  private static List<String> causes(Caller.Reply reply) {
    return StreamSupport.stream(attempts(reply).spliterator(), false)
        .map(attempt -> attempt.path("cause").asText(""))
        .toList();
  }

  private static JsonNode attempts(Caller.Reply reply) {
    String path = "/v1/usage/" + reply.header("x-request-id");
    Until.holds(
        Duration.ofSeconds(20),
        "the call is in the ledger",
        () -> http.send("GET", path, "shop-0123456789abcdef", "").status() == 200);
    return http.send("GET", path, "shop-0123456789abcdef", "").json().path("attempts");
  }

  @Test
  void aResponseThatBreaksOffEndsWithALineThatSaysSo() {
    List<JsonNode> lines = lines(ask("{'prompt': 'Hi', 'model': 'mini/fin-mid-stream'}"));
    assertThat(lines.getLast().toString())
        .isEqualTo("{\"type\":\"final\",\"aborted\":true,\"error\":\"external_service_error\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'prompt': ''}|422|validation_error",
        "{'prompt': 'Hi', 'context_refs': ['ns/key']}|422|validation_error",
        "{'prompt': 'Hi', 'quality': 1}|422|validation_error",
        "{'prompt'|400|invalid_request",
        "{'prompt': 'Hi', 'tenant': 'other'}|403|permission_denied",
        "{'prompt': 'Hi', 'model': 'absent/model'}|404|model_not_found",
        "{'prompt': 'Hi', 'model': 'mini/error-500'}|502|external_service_error",
        "{'prompt': 'Hi', 'max_cost_usd': 0.001, 'model': 'large/text'}|503|no_models_available",
      })
  void aRefusalHasItsStatusAndItsCode(String body, int status, String code) {
    refused(ask(body), status, code);
  }

  @Test
  void aPromptThatIsTooLongIsRefused() {
    refused(ask("{'prompt': '" + "x".repeat(1001) + "'}"), 413, "prompt_too_large");
    assertThat(ask("{'prompt': '" + "x".repeat(1000) + "'}").status()).isEqualTo(200);
  }

  @Test
  void whatIsRefusedBeforeTheRouteHasTheSameForm() {
    refused(asking("", "{'prompt': 'Hi'}"), 401, "authentication_failed");
    refused(asking("reader-0123456789abcdef", "{'prompt': 'Hi'}"), 403, "permission_denied");
    refused(http.send("GET", "/v1/ask", "shop-0123456789abcdef", ""), 405, "invalid_request");
  }

  @Test
  void theLimitsOfTheCallerHold() {
    assertThat(asking("once-0123456789abcdef", "{'prompt': 'Hi'}").status()).isEqualTo(200);
    Caller.Reply second = asking("once-0123456789abcdef", "{'prompt': 'Hi'}");
    refused(second, 429, "rate_limited");
    assertThat(second.header("retry-after")).isNotEmpty();
  }

  @Test
  void aCallerIsKeptToItsModels() {
    List<JsonNode> lines =
        lines(asking("narrow-0123456789abcdef", "{'prompt': 'Hi', 'quality': 'high'}"));
    assertThat(lines.getFirst().path("candidates")).hasSize(1);
    assertThat(lines.getFirst().path("reason").asText()).contains("high reached by none");
    assertThat(lines.getLast().path("model_used").asText()).isEqualTo("nano/text");
  }

  @Test
  void theCallIsInTheLedgerWithItsSession() {
    Caller.Reply reply = ask("{'prompt': 'Hi', 'conversation_id': 'c-1', 'task_type': 'code'}");
    assertThat(lines(reply).getLast().path("cluster_hint").asText()).isEqualTo("code");
    String id = reply.header("x-request-id");
    Until.holds(
        Duration.ofSeconds(20),
        "the call is in the ledger",
        () -> http.send("GET", "/v1/usage/" + id, "shop-0123456789abcdef", "").status() == 200);
    JsonNode usage = http.send("GET", "/v1/usage/" + id, "shop-0123456789abcdef", "").json();
    assertThat(usage.toString()).contains("c-1", "mini");
  }

  @Test
  void unknownFieldsReachNoProviderAndAreReported() {
    Caller.Reply reply = ask("{'prompt': 'Hi', 'colour': 'red'}");
    assertThat(reply.header("x-serai-dropped")).isEqualTo("colour");
    String sent = new String(provider.received().getLast().body(), UTF_8);
    assertThat(sent).doesNotContain("colour", "quality", "prompt");
  }

  @Test
  void everyOtherApiTakesAQualityTarget() {
    String target = "'serai': {'routing': {'quality_target': '%s', 'max_cost_usd': 0.05}}";
    for (String pair : List.of("fast nano", "balanced mini", "high large")) {
      String body =
          "{'model': 'asked', 'messages': [{'role': 'user', 'content': 'Hi'}], "
              + target.formatted(pair.split(" ")[0])
              + "}";
      Caller.Reply reply = post("/v1/chat/completions", body);
      assertThat(reply.header("x-serai-provider")).as(pair).isEqualTo(pair.split(" ")[1]);
    }
  }

  @Test
  void explainShowsWhatTheFloorSaysOfEachCandidate() {
    String body =
        "{'model': 'asked', 'messages': [{'role': 'user', 'content': 'Hi'}],"
            + " 'serai': {'routing': {'quality_target': 'high', 'max_cost_usd': 0.01}}}";
    JsonNode candidates = post("/v1/routes/explain", body).json().path("candidates");
    assertThat(candidates.get(0).path("provider").asText()).isEqualTo("large");
    assertThat(candidates.get(0).path("predicted_quality").asDouble()).isEqualTo(0.95);
    assertThat(candidates.get(0).path("quality_source").asText()).isEqualTo("settings");
    assertThat(candidates.get(0).has("remark")).isFalse();
    assertThat(candidates.get(1).path("remark").asText())
        .isEqualTo("its predicted quality is 0.75 by price, below the floor 0.85");
  }

  private static void refused(Caller.Reply reply, int status, String code) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.json().path("error").asText()).isEqualTo(code);
    assertThat(reply.json().path("detail").asText()).isNotEmpty();
    assertThat(reply.json()).hasSize(2);
  }

  private static List<JsonNode> lines(Caller.Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.body().lines().map(Caller::parse).toList();
  }

  private static Caller.Reply ask(String body) {
    return asking("shop-0123456789abcdef", body);
  }

  private static Caller.Reply asking(String key, String body) {
    return http.send("POST", "/v1/ask", key, body.replace('\'', '"'));
  }

  private static Caller.Reply post(String path, String body) {
    return http.send("POST", path, "shop-0123456789abcdef", body.replace('\'', '"'));
  }

  private static HttpRequest.Builder request(String body) {
    return http.to("/v1/ask", body.replace('\'', '"').getBytes(UTF_8))
        .header("x-api-key", "shop-0123456789abcdef");
  }
}

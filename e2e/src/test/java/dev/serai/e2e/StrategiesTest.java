package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.Received;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the candidates of a call are ordered: by the settings and by its request. */
class StrategiesTest {
  private static final String SETTINGS =
      """
      providers:
        cheap: {kind: openai-compatible, base_url: "%1$s/v1", api_key: %2$s, priority: 20,
          models: [{name: text, cost_per_input: 1, cost_per_output: 1}]}
        costly: {kind: openai-compatible, base_url: "%1$s/v1", api_key: %2$s, priority: 10, region: eu-west-1,
          models: [{name: text, cost_per_input: 9, cost_per_output: 9}, {name: gated-3x50}, {name: error-500}]}
      models:
        turns: {targets: [{model: cheap/text, weight: 2}, costly/text], strategy: round_robin}
        cheapest: {targets: [costly/text, cheap/text], strategy: cost_aware}
        seeing: {targets: [cheap/text, costly/text], fallbacks: openai/text}
        spread: {targets: [cheap/text], fallbacks: [costly/text]}
        loaded: {targets: [costly/gated-3x50, cheap/text], strategy: load_balanced}
        learning: {targets: [costly/error-500, cheap/text], strategy: bandit}
      routing:
        bandit: {algorithm: thompson}
        tenants: {frugal: {strategy: cost_aware}}
      auth:
        keys:
          - {name: frugal, key: frugal-0123456789abcdef, role: user, tenant: frugal}
          - {name: shop, key: shop-0123456789abcdef, role: user, tenant: shop}
          - {name: narrow, key: narrow-0123456789abcdef, role: user, models: [cheap/*]}
      """;

  private static final String MODELS =
      """
      models:
        cheap/text: {input_modalities: [text], capabilities: [structured_output]}
        costly/text: {input_modalities: [text, image], capabilities: [tools], context_length: 128000}
      """;

  private static final String IMAGE =
      """
      [{"role": "user", "content": [{"type": "text", "text": "What is it?"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}}]}]
      """;

  private static final String HELLO = "[{\"role\": \"user\", \"content\": \"Hello\"}]";

  @TempDir static Path folder;
  private static CassetteServer provider;
  private static RunningGateway gateway;
  private static RunningGateway.Plan plan;
  private static Caller http;

  @BeforeAll
  static void start() {
    provider = CassetteServer.start();
    RunningGateway.write(folder.resolve("models.yaml"), MODELS);
    plan =
        RunningGateway.in(folder)
            .providersAt(provider.url())
            .with("SERAI_MODELS", folder.resolve("models.yaml").toString())
            .settings(settings());
    gateway = plan.start();
    http = new Caller(gateway.url());
  }

  @AfterAll
  static void stop() {
    http.close();
    gateway.close();
    provider.close();
  }

  private static String settings() {
    return SETTINGS.formatted(provider.url(), RunningGateway.CANARY);
  }

  @Test
  void inTurnByWeight() {
    List<String> answered = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      answered.add(servedBy(chat("turns", HELLO, "")));
    }
    assertThat(answered).containsExactly("cheap", "costly", "cheap", "cheap", "costly", "cheap");
  }

  @Test
  void theCheapestIsAskedAndTheRequestGoesFirst() {
    assertThat(servedBy(chat("cheapest", HELLO, ""))).isEqualTo("cheap");
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 40; i++) {
      counts.merge(
          servedBy(chat("cheapest", HELLO, "", "x-serai-strategy", "round-robin")),
          1,
          Integer::sum);
    }
    assertThat(counts).isEqualTo(Map.of("cheap", 20, "costly", 20));
  }

  @Test
  void aNameThatSeveralProvidersOfferFollowsTheStrategyToo() {
    assertThat(servedBy(chat("text", HELLO, ""))).as("by priority").isEqualTo("costly");
    assertThat(servedBy(chat("text", HELLO, "", "x-serai-strategy", "cost_aware")))
        .isEqualTo("cheap");
  }

  @Test
  void aTenantHasAStrategyOfItsOwn() {
    HttpRequest.Builder frugal = request("/v1/chat/completions", body("text", HELLO, ""));
    frugal.setHeader("x-api-key", "frugal-0123456789abcdef");
    assertThat(servedBy(http.send(frugal))).isEqualTo("cheap");
  }

  @Test
  void whoRequiresVisionIsSentToAModelThatIsNotKnownToLackIt() {
    for (int i = 0; i < 10; i++) {
      String routing = ", \"serai\": {\"routing\": {\"requires_vision\": true}}";
      assertThat(servedBy(chat("seeing", HELLO, routing))).isEqualTo("costly");
    }
  }

  @Test
  void anImageIsSentToTheModelThatAcceptsIt() {
    for (int i = 0; i < 10; i++) {
      assertThat(servedBy(chat("seeing", IMAGE, ""))).isEqualTo("costly");
    }
  }

  @Test
  void aRequirementThatNoCandidateMeetsIsRefusedWithTheReasons() {
    Caller.Reply reply =
        chat("cheap/text", HELLO, ", \"serai\": {\"routing\": {\"requires_functions\": true}}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().at("/error/code").asText()).isEqualTo("no_models_available");
    assertThat(reply.body()).contains("cheap/text: it does not have tools");
  }

  @Test
  void aRegionThatARequestRequiresIsNeverLeft() {
    String europe = ", \"serai\": {\"routing\": {\"region\": [\"eu\", \"us\"]}}";
    assertThat(servedBy(chat("spread", HELLO, ""))).isEqualTo("cheap");
    assertThat(servedBy(chat("spread", HELLO, europe))).isEqualTo("costly");
    Caller.Reply refused = chat("cheap/text", HELLO, europe);
    assertThat(refused.json().at("/error/code").asText()).isEqualTo("no_models_available");
    assertThat(refused.body()).contains("cheap/text: its region is not known");
  }

  @Test
  void aBusyCandidateIsLeftToItsCalls() throws Exception {
    List<Thread> hanging = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      hanging.add(
          Thread.ofVirtual().start(() -> chat("costly/gated-3x50", HELLO, ", \"stream\": true")));
    }
    Until.holds(
        Duration.ofSeconds(20), "they hang", () -> provider.received("gated-3x50").size() >= 3);
    for (int i = 0; i < 10; i++) {
      assertThat(servedBy(chat("loaded", HELLO, ""))).isEqualTo("cheap");
    }
    provider.openGate();
    for (Thread thread : hanging) {
      thread.join();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/chat/completions|openai/text|'messages': [{'role': 'user', 'content': 'Hi'}]",
        "/v1/chat/completions|anthropic/claude--text|'messages': [{'role': 'user', 'content': 'Hi'}]",
        "/v1/messages|anthropic/claude--text|'max_tokens': 9, 'messages': [{'role': 'user', 'content': 'Hi'}]",
        "/v1/messages|openai/text|'max_tokens': 9, 'messages': [{'role': 'user', 'content': 'Hi'}]",
        "/v1/responses|openai/text|'input': 'Hi'",
        "/api/chat|ollama/text|'stream': false, 'messages': [{'role': 'user', 'content': 'Hi'}]",
      })
  void noProviderReceivesWhatIsForSerai(String path, String model, String rest) {
    String own = "'serai': {'routing': {'prefer_cheap': true}}";
    String text = "{%s, 'model': '%s', 'metadata': {%s}, %s}".formatted(own, model, own, rest);
    Caller.Reply reply = http.send(request(path, text.replace('\'', '"')));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.headers().firstValue("x-serai-dropped").orElse("")).doesNotContain("serai");
    Received received = provider.received().getLast();
    assertThat(new String(received.body(), UTF_8)).doesNotContain("serai", "prefer_cheap");
  }

  @Test
  void aStrategyChangesWithoutARestart() {
    RunningGateway.Plan changed = plan;
    changed.settings(
        settings().replace("strategy: cost_aware}\n  seeing", "strategy: priority}\n  seeing"));
    try {
      Until.holds(
          Duration.ofSeconds(30),
          "the strategy has changed",
          () -> servedBy(chat("cheapest", HELLO, "")).equals("costly"));
    } finally {
      changed.settings(settings());
    }
    Until.holds(Duration.ofSeconds(30), "it is back", () -> rule("cheapest").equals("cost_aware"));
  }

  @Test
  void explainSaysWhatWouldBeChosenAndWhy() {
    JsonNode explained =
        explain(
            body(
                "seeing",
                IMAGE,
                ", \"serai\": {\"routing\": {\"requires_functions\": true,"
                    + " \"strategy\": \"cost_aware\"}}"));
    assertThat(explained.path("model").asText()).isEqualTo("seeing");
    assertThat(explained.path("rule").asText()).isEqualTo("cost_aware");
    assertThat(explained.path("reason").asText()).isEqualTo("alias seeing, cost_aware");
    List<String> candidates =
        StreamSupport.stream(explained.path("candidates").spliterator(), false)
            .map(
                one ->
                    one.path("provider").asText()
                        + " "
                        + one.path("role").asText()
                        + " "
                        + one.path("left_out").asText(""))
            .toList();
    assertThat(candidates)
        .containsExactly("costly primary ", "openai fallback ", "cheap  it does not have tools");
    assertThat(explained.at("/candidates/0/measured/running").isInt()).isTrue();
  }

  @Test
  void explainKeepsACallerToItsModelsAndAsksNoProvider() {
    int before = provider.received().size();
    HttpRequest.Builder narrow = request("/v1/routes/explain", body("seeing", HELLO, ""));
    narrow.setHeader("x-api-key", "narrow-0123456789abcdef");
    JsonNode explained = http.send(narrow).json();
    assertThat(explained.path("candidates")).hasSize(1);
    assertThat(explained.at("/candidates/0/provider").asText()).isEqualTo("cheap");
    narrow = request("/v1/routes/explain", body("openai/text", HELLO, ""));
    narrow.setHeader("x-api-key", "narrow-0123456789abcdef");
    assertThat(http.send(narrow).status()).isEqualTo(403);
    assertThat(provider.received()).hasSize(before);
  }

  @Test
  void explainAgreesWithWhatHappens() {
    for (String strategy : List.of("cost_aware", "latency", "capability_match")) {
      String with = ", \"serai\": {\"routing\": {\"strategy\": \"" + strategy + "\"}}";
      for (int i = 0; i < 5; i++) {
        String expected =
            explain(body("seeing", HELLO, with)).at("/candidates/0/provider").asText();
        assertThat(servedBy(chat("seeing", HELLO, with))).as(strategy).isEqualTo(expected);
      }
    }
  }

  @Test
  void aBanditLearnsFromCallsAndSaysHowLikelyItsChoiceWas() {
    int last = 0;
    for (int i = 0; i < 60; i++) {
      Caller.Reply reply = chat("learning", HELLO, "");
      last += i >= 40 && reply.header("x-serai-attempts").equals("1") ? 1 : 0;
    }
    assertThat(last).as("of the last 20 calls").isGreaterThan(15);
    JsonNode explained = explain(body("learning", HELLO, ""));
    assertThat(explained.path("rule").asText()).isEqualTo("bandit");
    assertThat(explained.at("/bandit/algorithm").asText()).isEqualTo("thompson");
    assertThat(explained.at("/bandit/cluster").asText()).isEqualTo("chat");
    assertThat(explained.at("/bandit/propensity").asDouble()).isBetween(0.0001, 1.0);
    assertThat(explained.at("/candidates/0/role").asText()).isIn("primary", "explore");
  }

  @Test
  void theLedgerHasTheDecisionOfACall() {
    for (int i = 0; i < 3; i++) {
      JsonNode drawn = decision(chat("learning", HELLO, ""));
      assertThat(drawn.path("strategy").asText()).isEqualTo("bandit");
      assertThat(drawn.path("source").asText()).isEqualTo("alias");
      assertThat(drawn.path("choice").asText()).isIn("primary", "explore");
      assertThat(drawn.path("targets").asInt()).isEqualTo(2);
      assertThat(drawn.path("algorithm").asText()).isEqualTo("thompson");
      assertThat(drawn.path("propensity").asDouble()).isBetween(0.0001, 1.0);
      assertThat(drawn.at("/features/kind_of_work").asText()).isEqualTo("chat");
    }
    JsonNode inTurn = decision(chat("cheapest", IMAGE, "", "x-serai-strategy", "round_robin"));
    assertThat(inTurn.path("source").asText()).isEqualTo("request");
    assertThat(inTurn.path("candidates")).hasSize(2);
    assertThat(inTurn.at("/features/traits").toString()).contains("\"images\"");
    assertThat(decision(chat("cheap/text", HELLO, "")).isNull()).as("nothing to choose").isTrue();
  }

  private static JsonNode decision(Caller.Reply reply) {
    String path = "/v1/usage/" + reply.header("x-request-id");
    HttpRequest.Builder usage = HttpRequest.newBuilder(URI.create(gateway.url() + path));
    usage.setHeader("x-api-key", "shop-0123456789abcdef");
    Caller.Reply found = http.send(usage);
    assertThat(found.status()).as(found.body()).isEqualTo(200);
    return found.json().at("/attempts/0/decision");
  }

  private static String rule(String model) {
    return explain(body(model, HELLO, "")).path("rule").asText();
  }

  private static JsonNode explain(String body) {
    Caller.Reply reply = http.send(request("/v1/routes/explain", body));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private static Caller.Reply chat(String model, String messages, String more, String... fields) {
    HttpRequest.Builder request = request("/v1/chat/completions", body(model, messages, more));
    for (int i = 0; i < fields.length; i += 2) {
      request.header(fields[i], fields[i + 1]);
    }
    return http.send(request);
  }

  private static String body(String model, String messages, String more) {
    return "{\"model\": \"" + model + "\", \"messages\": " + messages + more + "}";
  }

  private static HttpRequest.Builder request(String path, String body) {
    return http.to(path, body.getBytes(UTF_8)).header("x-api-key", "shop-0123456789abcdef");
  }

  private static String servedBy(Caller.Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.header("x-serai-provider");
  }
}

package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.e2e.provider.CassetteServer;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Explain shows of a call what the ledger has of it afterwards, over HTTP and for every strategy.
 */
class ExplainedCallsTest {
  private static final int CALLS = 1_000;

  /** Those by whose choice chance has a part. */
  private static final Set<String> DRAWING = Set.of("priority", "load_balanced", "bandit");

  private static final String SETTINGS =
      """
      providers:
        one: {kind: openai-compatible, base_url: "%1$s/v1", api_key: %2$s, region: eu,
          models: [{name: text, cost_per_input: 1, cost_per_output: 1}, {name: error-500}]}
        two: {kind: openai-compatible, base_url: "%1$s/v1", api_key: %2$s, region: us,
          models: [{name: text, cost_per_input: 9, cost_per_output: 9}]}
        three: {kind: openai-compatible, base_url: "%1$s/v1", api_key: %2$s, models: [{name: text}]}
      models:
        weighted: {targets: [{model: one/text, weight: 3}, two/text], fallbacks: three/text}
        turns: {targets: [{model: one/text, weight: 2}, two/text, three/text], strategy: round_robin}
        cheapest: {targets: [two/text, one/text, three/text], strategy: cost_aware}
        fastest: {targets: [one/error-500, two/text], strategy: latency}
        loaded: {targets: [one/text, two/text, three/text], strategy: load_balanced}
        matching: {targets: [three/text, two/text], strategy: capability_match}
        smart: {targets: [one/error-500, two/text, three/text], strategy: bandit}
      routing:
        tenants: {frugal: {strategy: cost_aware}}
      auth:
        keys:
          - {name: all, key: all-0123456789abcdef, role: admin, tenant: shop}
          - {name: few, key: few-0123456789abcdef, role: user, tenant: shop, models: [turns, "two/*", "three/*"]}
          - {name: frugal, key: frugal-0123456789abcdef, role: admin, tenant: frugal}
      """;

  @TempDir Path folder;
  private final Random random = new Random(11);

  private record Made(JsonNode explained, Caller.Reply reply) {}

  @Test
  void theLedgerHasWhatExplainHasShown() {
    try (CassetteServer provider = CassetteServer.start();
        RunningGateway gateway =
            RunningGateway.in(folder)
                .settings(SETTINGS.formatted(provider.url(), RunningGateway.CANARY))
                .start();
        Caller http = new Caller(gateway.url())) {
      List<Made> made = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        make(http).ifPresent(made::add);
      }
      Map<String, JsonNode> ledger = decisions(http);
      Map<String, Integer> compared = new HashMap<>();
      for (Made one : made) {
        JsonNode recorded = ledger.get(one.reply.header("x-request-id"));
        assertThat(recorded).isNotNull();
        compare(one, recorded, compared);
      }
      assertThat(compared)
          .containsKeys(
              "priority",
              "round_robin",
              "cost_aware",
              "latency",
              "capability_match",
              "load_balanced",
              "bandit",
              "preferences",
              "nothing to choose");
    }
  }

  private static void compare(Made one, JsonNode recorded, Map<String, Integer> compared) {
    JsonNode explained = one.explained.path("decision");
    if (!explained.isObject()) {
      assertThat(recorded.isNull()).as(one.explained.toString()).isTrue();
      compared.merge("nothing to choose", 1, Integer::sum);
      return;
    }
    String strategy = recorded.path("strategy").asText();
    compared.merge(strategy, 1, Integer::sum);
    if (!DRAWING.contains(strategy)) {
      assertThat(recorded).isEqualTo(explained);
      return;
    }
    if (recorded.path("candidates").get(0).equals(explained.path("candidates").get(0))) {
      assertThat(recorded.path("propensity").asDouble(-1))
          .as(strategy)
          .isCloseTo(explained.path("propensity").asDouble(-1), within(0.001));
    }
    assertThat(withoutChance(recorded)).isEqualTo(withoutChance(explained));
  }

  private static JsonNode withoutChance(JsonNode decision) {
    ObjectNode rest = decision.deepCopy();
    return rest.without(List.of("candidates", "propensity", "choice"));
  }

  /** Explains a request and makes the call; empty if both refuse it in the same way. */
  private Optional<Made> make(Caller http) {
    String key = any("all", "all", "all", "few", "frugal") + "-0123456789abcdef";
    String routing =
        any(
            "",
            "",
            "",
            "\"prefer_cheap\": true",
            "\"region\": \"us\"",
            "\"max_cost_per_token\": 0.000005");
    String body =
        "{\"model\": \"%s\", \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}]%s}"
            .formatted(
                any("weighted", "turns", "cheapest", "fastest", "loaded", "matching", "smart"),
                any("Hello", "Write a function in Go.", "Summarise this text.", "2 + 2 = ?"),
                routing.isEmpty() ? "" : ", \"serai\": {\"routing\": {" + routing + "}}");
    String strategy = any("", "", "", "", "round_robin", "bandit");
    Caller.Reply explained = send(http, "/v1/routes/explain", key, body, strategy);
    Caller.Reply reply = send(http, "/v1/chat/completions", key, body, strategy);
    if (explained.status() != 200) {
      assertThat(reply.status()).as(body).isEqualTo(explained.status());
      assertThat(reply.json().at("/error/code")).isEqualTo(explained.json().at("/error/code"));
      return Optional.empty();
    }
    assertThat(reply.header("x-request-id")).isNotEmpty();
    return Optional.of(new Made(explained.json(), reply));
  }

  private static Caller.Reply send(
      Caller http, String path, String key, String body, String strategy) {
    HttpRequest.Builder request = http.to(path, body.getBytes(UTF_8)).header("x-api-key", key);
    if (!strategy.isEmpty()) {
      request.header("x-serai-strategy", strategy);
    }
    return http.send(request);
  }

  /** The decision of every call, by its request ID. */
  private static Map<String, JsonNode> decisions(Caller http) {
    Map<String, JsonNode> decisions = new HashMap<>();
    String path = "/v1/usage?limit=10000";
    for (JsonNode row : http.send("GET", path, "all-0123456789abcdef", "").json().path("data")) {
      if (row.path("attempt").asInt() == 1) {
        decisions.put(row.path("request_id").asText(), row.path("decision"));
      }
    }
    return decisions;
  }

  private String any(String... texts) {
    return texts[random.nextInt(texts.length)];
  }
}

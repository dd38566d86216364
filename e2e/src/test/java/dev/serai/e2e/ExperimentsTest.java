package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments on two gateways with one PostgreSQL. */
class ExperimentsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String HEADER = "x-serai-experiment";

  private static final String SETTINGS =
      """
      providers:
        red: {kind: openai-compatible, base_url: "%2$s/v1", api_key: %1$s, models: [text]}
        blue: {kind: openai-compatible, base_url: "%2$s/v1", api_key: %1$s, models: [text]}
      models:
        smart: {targets: [red/text]}
        other: {targets: [red/text]}
        cool: {targets: [blue/text], parameters: {max_tokens: 7}}
        asked: {targets: [red/text]}
      routing:
        challengers: {hold: 0s}
      limits:
        keys: {requests_per_second: 0}
      auth:
        roles:
          tester: [admin:users]
        keys:
          - {name: shop, key: shop-0123456789abcdef, role: user, tenant: shop}
          - {name: narrow, key: narrow-0123456789abcdef, role: user, tenant: shop, models: [red/*]}
          - {name: named, key: named-0123456789abcdef, role: user, tenant: shop, models: [smart]}
          - {name: mill, key: mill-0123456789abcdef, role: user, tenant: mill}
          - {name: boss, key: boss-0123456789abcdef, role: admin, tenant: house}
          - {name: head, key: head-0123456789abcdef, role: tester, tenant: mill}
          - {name: part, key: part-0123456789abcdef, role: tester, tenant: mill, models: [smart, red/*]}
      """;

  @TempDir static Path folder;
  private static TwoGateways gateways;
  private static CassetteServer provider;
  private static RunningGateway one;
  private static RunningGateway other;
  private static Caller http;

  @BeforeAll
  static void start() throws Exception {
    gateways = new TwoGateways(folder, SETTINGS);
    provider = gateways.provider;
    one = gateways.one;
    other = gateways.other;
    http = gateways.http;
  }

  @AfterAll
  static void stop() throws Exception {
    gateways.close();
  }

  @Test
  void aSessionStaysWithItsVariantInBothGatewaysAndItIsRecorded() {
    create("shop", "sticky", "smart", "red/text", "cool");
    Until.holds(
        PATIENCE,
        "the other gateway knows it",
        () -> chat(other, "shop", "smart", "s0").headers().firstValue(HEADER).isPresent());
    Map<String, Integer> calls = new HashMap<>();
    for (int i = 0; i < 24; i++) {
      Caller.Reply here = chat(one, "shop", "smart", "s" + i);
      Caller.Reply there = chat(other, "shop", "smart", "s" + i);
      assertThat(there.header(HEADER)).isEqualTo(here.header(HEADER));
      boolean challenger = here.header(HEADER).equals("sticky/b");
      assertThat(here.header("x-serai-provider")).isEqualTo(challenger ? "blue" : "red");
      calls.merge(here.header(HEADER), 1, Integer::sum);
      JsonNode decision = decision(here);
      assertThat(decision.at("/experiment/id").asText()).isEqualTo("sticky");
      assertThat(decision.at("/experiment/challenger").asBoolean()).isEqualTo(challenger);
      assertThat(decision.path("reason").asText()).startsWith("experiment " + here.header(HEADER));
      JsonNode explained = explain("shop", "smart", "s" + i);
      assertThat(explained.at("/experiment")).isEqualTo(decision.path("experiment"));
      assertThat(explained.path("reason")).isEqualTo(decision.path("reason"));
      assertThat(explained.at("/candidates/0/provider").asText())
          .isEqualTo(here.header("x-serai-provider"));
    }
    assertThat(calls).containsOnlyKeys("sticky/a", "sticky/b");

    assertThat(chat(one, "mill", "smart", "s1").headers().firstValue(HEADER)).isEmpty();
    assertThat(chat(one, "shop", "other", "s1").headers().firstValue(HEADER)).isEmpty();
    assertThat(chat(one, "narrow", "smart", "s1").headers().firstValue(HEADER))
        .as("it may not use the name")
        .isEmpty();
    assertThat(chat(one, "named", "smart", "s1").headers().firstValue(HEADER))
        .as("the right to use the name is enough")
        .isPresent();
    change("sticky", "{\"status\": \"stopped\"}", 200);
    assertThat(chat(one, "shop", "smart", "s1").headers().firstValue(HEADER)).isEmpty();
  }

  @Test
  void aVariantThatIsAnAliasBringsItsParameters() {
    create("mill", "parameters", "other", "red/text", "cool");
    change(
        "parameters",
        "{\"variants\": [{\"name\": \"a\", \"model\": \"red/text\", \"weight\": 0},"
            + " {\"name\": \"b\", \"model\": \"cool\", \"weight\": 1}]}",
        200);
    assertThat(chat(one, "mill", "other", "any").header(HEADER)).isEqualTo("parameters/b");
    assertThat(lastBody()).contains("\"max_completion_tokens\":7");
    change("parameters", "{\"status\": \"stopped\"}", 200);
    chat(one, "mill", "other", "any");
    assertThat(lastBody()).doesNotContain("max_completion_tokens");
  }

  @Test
  void anAskedChallengerIsInThePlanLine() {
    create("shop", "asked", "asked", "red/text", "blue/text");
    for (int i = 0; i < 24; i++) {
      String body = "{\"prompt\": \"Hi\", \"model\": \"asked\", \"session_id\": \"s" + i + "\"}";
      Caller.Reply reply = send(one, "POST", "shop", "/v1/ask", body);
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      boolean challenger = reply.header(HEADER).equals("asked/b");
      assertThat(reply.body())
          .contains(
              challenger
                  ? "\"roles\":[{\"role\":\"challenger\",\"model\":\"blue/text\"}]"
                  : "\"roles\":[{\"role\":\"primary\",\"model\":\"red/text\"}]");
      assertThat(reply.body().contains("\"event\":\"challenger_selected\"")).isEqualTo(challenger);
    }
  }

  @Test
  void theResultsSayWhichVariantIsBetterOnceThatIsCertain() {
    create("mill", "scored", "asked", "red/text", "blue/text");
    JsonNode none = results("scored");
    assertThat(none.at("/decision/action").asText()).isEqualTo("continue");
    assertThat(none.at("/variants/0/calls").asInt()).isZero();
    assertThat(none.at("/variants/0/quality").isNull()).isTrue();
    for (int i = 0; i < 160; i++) {
      Caller.Reply reply = chat(one, "mill", "asked", "s" + i);
      assertThat(decision(reply).isObject()).isTrue(); // it is in the ledger
      double score = reply.header(HEADER).equals("scored/b") ? 1 : 0;
      String feedback =
          "{\"request_id\": \"" + reply.header("x-request-id") + "\", \"score\": " + score + "}";
      assertThat(send(one, "POST", "mill", "/v1/feedback", feedback).status()).isEqualTo(200);
    }
    JsonNode results = results("scored");
    assertThat(results.at("/decision/action").asText()).as(results.toString()).isEqualTo("promote");
    assertThat(results.at("/decision/variant").asText()).isEqualTo("b");
    JsonNode challenger = results.at("/variants/1");
    assertThat(challenger.at("/calls").asInt() + results.at("/variants/0/calls").asInt())
        .isEqualTo(160);
    assertThat(challenger.path("units")).isEqualTo(challenger.path("calls"));
    assertThat(challenger.at("/quality/mean").asDouble()).isEqualTo(1);
    assertThat(results.at("/variants/0/quality/mean").asDouble()).isZero();
    assertThat(challenger.at("/success_rate/mean").asDouble()).isEqualTo(1);
    assertThat(challenger.at("/latency_seconds/mean").asDouble()).isPositive();
    assertThat(challenger.at("/difference/low").asDouble()).isPositive();
    change("scored", "{\"status\": \"stopped\"}", 200);
  }

  @Test
  void theBetterVariantBecomesTheChampionInBothGatewaysAndIsReplacedWhenItBecomesWorse() {
    create("mill", "selfmade", "smart", "red/text", "blue/text");
    change("selfmade", "{\"automatic\": true}", 200);
    assertThat(results("selfmade").path("round").asInt()).isEqualTo(1);

    scoreUntilChampion("b", 0);
    JsonNode promoted = send(other, "GET", "boss", "/v1/experiments/selfmade", "").json();
    assertThat(promoted.path("round").asInt()).isEqualTo(2);
    assertThat(promoted.at("/variants/1/name").asText()).isEqualTo("a");
    assertThat(results("selfmade").at("/variants/0/calls").asInt()).isLessThan(40);
    Until.holds(
        PATIENCE, "both know it", () -> !isChallenger(one, "b") && !isChallenger(other, "b"));

    scoreUntilChampion("a", 1_000);
    List<String> recorded = new ArrayList<>();
    for (RunningGateway gateway : List.of(one, other)) {
      for (JsonNode entry : send(gateway, "GET", "boss", "/v1/audit", "").json().path("data")) {
        if (entry.path("method").asText().equals("promote")
            && entry.path("status").asInt() == 200) {
          recorded.add(entry.path("path").asText());
        }
      }
    }
    assertThat(recorded)
        .containsExactlyInAnyOrder("/v1/experiments/selfmade/a", "/v1/experiments/selfmade/b");
    change("selfmade", "{\"status\": \"stopped\"}", 200);
  }

  /** Calls in many sessions, of which those of one variant are scored best. */
  private static void scoreUntilChampion(String best, int from) {
    for (int i = from; i < from + 900 && !(i % 20 == 0 && champion("selfmade").equals(best)); i++) {
      Caller.Reply reply = chat(one, "mill", "smart", "s" + i);
      assertThat(decision(reply).isObject()).isTrue(); // it is in the ledger
      double score = reply.header(HEADER).endsWith("/" + best) ? 1 : 0;
      String feedback =
          "{\"request_id\": \"" + reply.header("x-request-id") + "\", \"score\": " + score + "}";
      assertThat(send(one, "POST", "mill", "/v1/feedback", feedback).status()).isEqualTo(200);
    }
    assertThat(champion("selfmade")).isEqualTo(best);
  }

  private static String champion(String id) {
    return send(one, "GET", "boss", "/v1/experiments/" + id, "")
        .json()
        .at("/variants/0/name")
        .asText();
  }

  private static boolean isChallenger(RunningGateway at, String variant) {
    for (int i = 2_000; i < 2_100; i++) {
      JsonNode explained =
          send(at, "POST", "mill", "/v1/routes/explain", chatBody("smart", "s" + i)).json();
      if (explained.at("/experiment/variant").asText().equals(variant)) {
        return explained.at("/experiment/challenger").asBoolean();
      }
    }
    return true; // the gateway does not know the experiment yet
  }

  private static JsonNode results(String id) {
    return send(one, "GET", "boss", "/v1/experiments/" + id + "/results", "").json();
  }

  @Test
  void experimentsAreManagedByThoseWhoMay() {
    String body = body("managed", "cool", "red/text", "blue/text", "draft");
    assertThat(send(one, "POST", "shop", "/v1/experiments", body).status()).isEqualTo(403);
    assertThat(send(one, "POST", "head", "/v1/experiments", body).status()).isEqualTo(200);
    assertThat(send(one, "POST", "head", "/v1/experiments", body).status()).isEqualTo(409);
    assertThat(
            send(
                    one,
                    "POST",
                    "head",
                    "/v1/experiments",
                    body.replace("{\"id", "{\"tenant\": \"shop\", \"id"))
                .status())
        .as("of another tenant")
        .isEqualTo(403);
    JsonNode listed =
        send(one, "GET", "boss", "/v1/experiments?tenant=mill&limit=100", "").json().path("data");
    assertThat(listed.findValuesAsText("id")).contains("managed");
    JsonNode shown = send(one, "GET", "boss", "/v1/experiments/managed", "").json();
    assertThat(shown.path("status").asText()).isEqualTo("draft");
    assertThat(shown.path("tenant").asText()).isEqualTo("mill");
    assertThat(shown.path("unit").asText()).isEqualTo("session");
    assertThat(shown.at("/variants/1/model").asText()).isEqualTo("blue/text");
    change("managed", "{\"status\": \"running\"}", 200);
    change("managed", "{\"status\": \"draft\"}", 409);
    assertThat(send(one, "DELETE", "head", "/v1/experiments/managed", "").status()).isEqualTo(409);
    change("managed", "{\"status\": \"stopped\"}", 200);
    assertThat(send(one, "DELETE", "head", "/v1/experiments/managed", "").status()).isEqualTo(200);
    assertThat(send(one, "GET", "boss", "/v1/experiments/managed", "").status()).isEqualTo(404);

    Caller.Reply unserved =
        send(
            one,
            "POST",
            "boss",
            "/v1/experiments",
            body("x", "smart", "red/text", "no/such", "draft"));
    assertThat(unserved.status()).isEqualTo(400);
    assertThat(unserved.json().at("/error/message").asText()).contains("no/such");
  }

  @Test
  void aManagerLeadsNoCallsToModelsThatItMayNotCallItself() {
    refused("POST", "", body("part1", "cool", "red/text", "smart", "draft"), "model");
    refused("POST", "", body("part1", "smart", "red/text", "blue/text", "draft"), "variants");
    String own = body("part1", "smart", "red/text", "smart", "draft");
    assertThat(send(one, "POST", "part", "/v1/experiments", own).status()).isEqualTo(200);
    String variants = own.substring(own.indexOf("\"variants\""));
    refused("PATCH", "/part1", "{" + variants.replace("red/text", "blue/text"), "variants");
    refused(
        "PATCH",
        "/part1",
        "{\"status\": \"stopped\", " + variants.replace("red/text", "blue/text"),
        "variants");

    create("mill", "wide", "smart", "red/text", "blue/text");
    refused("PATCH", "/wide", "{\"status\": \"running\"}", "variants");
    refused(
        "PATCH",
        "/wide",
        "{\"variants\": [{\"name\": \"a\", \"model\": \"red/text\", \"weight\": 0},"
            + " {\"name\": \"b\", \"model\": \"blue/text\", \"weight\": 1}]}",
        "variants");
    Caller.Reply stopped =
        send(one, "PATCH", "part", "/v1/experiments/wide", "{\"status\": \"stopped\"}");
    assertThat(stopped.status()).as(stopped.body()).isEqualTo(200);
    refused("PATCH", "/wide", "{\"status\": \"running\"}", "variants");
  }

  private static void refused(String method, String path, String body, String member) {
    Caller.Reply reply = send(one, method, "part", "/v1/experiments" + path, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(403);
    assertThat(reply.json().at("/error/code").asText()).isEqualTo("permission_denied");
    assertThat(reply.json().at("/error/param").asText()).isEqualTo(member);
  }

  @Test
  void theExperimentsOfAnotherTenantAreAsUnknownAsNone() {
    create("shop", "hidden", "cool", "red/text", "blue/text");
    for (String path : List.of("/v1/experiments/hidden", "/v1/experiments/none")) {
      for (String method : List.of("PATCH", "DELETE")) {
        Caller.Reply reply =
            send(
                one,
                method,
                "head",
                path,
                method.equals("PATCH") ? "{\"status\":\"stopped\"}" : "");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().at("/error/code").asText()).isEqualTo("experiment_not_found");
      }
    }
    change("hidden", "{\"status\": \"stopped\"}", 200);
  }

  private static String body(String id, String model, String a, String b, String status) {
    return "{\"id\": \"%s\", \"model\": \"%s\", \"status\": \"%s\", \"variants\": [{\"name\": \"a\", \"model\": \"%s\", \"weight\": 1}, {\"name\": \"b\", \"model\": \"%s\", \"weight\": 1}]}"
        .formatted(id, model, status, a, b);
  }

  private static void create(String tenant, String id, String model, String a, String b) {
    String body =
        body(id, model, a, b, "running").replaceFirst("\\{", "{\"tenant\": \"" + tenant + "\", ");
    Caller.Reply reply = send(one, "POST", "boss", "/v1/experiments", body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
  }

  private static void change(String id, String changes, int status) {
    Caller.Reply reply = send(one, "PATCH", "boss", "/v1/experiments/" + id, changes);
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
  }

  private static String chatBody(String model, String session) {
    return "{\"model\": \"%s\", \"metadata\": {\"session_id\": \"%s\"}, \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}"
        .formatted(model, session);
  }

  private static Caller.Reply chat(RunningGateway at, String key, String model, String session) {
    Caller.Reply reply = send(at, "POST", key, "/v1/chat/completions", chatBody(model, session));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply;
  }

  /** The body of the last request that the provider has received. */
  private static String lastBody() {
    return new String(provider.received().getLast().body(), UTF_8);
  }

  private static JsonNode explain(String key, String model, String session) {
    return send(one, "POST", key, "/v1/routes/explain", chatBody(model, session)).json();
  }

  private static JsonNode decision(Caller.Reply reply) {
    return send(one, "GET", "boss", "/v1/usage/" + reply.header("x-request-id"), "")
        .json()
        .findPath("decision");
  }

  private static Caller.Reply send(
      RunningGateway at, String method, String key, String path, String body) {
    return http.send(
        HttpRequest.newBuilder(URI.create(at.url() + path))
            .header("content-type", "application/json")
            .header("x-api-key", key + "-0123456789abcdef")
            .method(
                method,
                body.isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(body.getBytes(UTF_8))));
  }
}

package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.Received;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of calls for a variant of an experiment. */
class ShadowTest {
  private static final String KEY = "shop-0123456789abcdef";
  private static final String ADMIN = "admin-0123456789abcdef";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String SETTINGS =
      """
      auth:
        keys:
          - {name: shop, key: %s, role: developer, tenant: shop}
          - {name: boss, key: %s, role: admin, tenant: shop}
      providers:
        openai:
          models: [{name: text, cost_per_input: 10, cost_per_output: 10}]
        anthropic:
          models:
            - {name: text, cost_per_input: 20, cost_per_output: 20}
            - {name: error-500, cost_per_input: 20, cost_per_output: 20}
      budgets:
        shop: {scope: tenant, value: shop, limit: 100, period: total, allow_unpriced: true}
      privacy: {action: mask, kinds: [email]}
      models:
        smart: {targets: [openai/text]}
        fails: {targets: [openai/text]}
        free: {targets: [openai/text]}
        broken: {targets: [openai/text]}
        cool: {targets: [anthropic/text], parameters: {max_tokens: 77}}
      """
          .formatted(KEY, ADMIN);

  @TempDir static Path folder;
  private static Served<CassetteServer> served;

  @BeforeAll
  static void start() {
    served = Served.byCassettes(folder, SETTINGS);
    create("copied", "smart", "openai/text", "cool");
    create("failing", "fails", "openai/text", "anthropic/error-500");
    create("unpriced", "free", "openai/text", "ollama/text");
    create("unanswered", "broken", "anthropic/error-500", "cool");
  }

  @AfterAll
  static void stop() throws Exception {
    served.close();
  }

  @BeforeEach
  void forget() {
    served.provider().forget();
  }

  private static void create(String id, String model, String now, String shadow) {
    String body =
        ("{\"id\": \"%s\", \"model\": \"%s\", \"status\": \"running\", \"variants\": ["
                + "{\"name\": \"now\", \"model\": \"%s\", \"weight\": 1},"
                + " {\"name\": \"new\", \"model\": \"%s\", \"weight\": 0, \"shadow\": 100}]}")
            .formatted(id, model, now, shadow);
    Caller.Reply reply =
        served
            .http()
            .send(
                served
                    .http()
                    .to("/v1/experiments", body.getBytes(UTF_8))
                    .header("authorization", "Bearer " + ADMIN));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCopyIsAnsweredRecordedAndNeverCharged(boolean stream) {
    int before = results("copied").at("/variants/1/calls").asInt();
    double answered = copies("answered");
    Caller.Reply reply = call("smart", stream, "Mail ann@example.org");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.header("x-serai-provider")).isEqualTo("openai");
    assertThat(reply.header("x-serai-experiment")).isEqualTo("copied/now");
    assertThat(reply.header("x-serai-attempts")).isEqualTo("1");

    Until.holds(
        PATIENCE,
        "the copy is in the results",
        () -> results("copied").at("/variants/1/calls").asInt() == before + 1);
    Until.holds(PATIENCE, "it is counted", () -> copies("answered") == answered + 1);
    Received copy = served.provider().received().getLast();
    assertThat(copy.path()).endsWith("/messages");
    String sent = new String(copy.body(), UTF_8);
    assertThat(sent).contains("\"max_tokens\":77").doesNotContain("ann@example.org");

    JsonNode row = get("/v1/usage?tenant=shop").path("data").path(0);
    assertThat(row.path("operation").asText()).as(row.toString()).isEqualTo("shadow");
    assertThat(row.path("provider").asText()).isEqualTo("anthropic");
    assertThat(row.path("delivered").asBoolean()).isFalse();
    assertThat(row.path("cost").doubleValue()).isPositive();
    assertThat(row.at("/decision/experiment/variant").asText()).isEqualTo("new");
    JsonNode total = get("/v1/usage?group_by=tenant&tenant=shop").at("/data/0");
    JsonNode account = get("/v1/budgets/shop").path("accounts").path(0);
    assertThat(account.path("spent").decimalValue())
        .isEqualByComparingTo(total.path("cost").decimalValue());
    assertThat(account.path("held").doubleValue()).isZero();
    JsonNode result = results("copied");
    assertThat(result.at("/decision/action").asText()).isEqualTo("continue");
    assertThat(result.at("/variants/1/success_rate/mean").asDouble()).isEqualTo(1);
    assertThat(result.at("/variants/1/units").asInt()).isZero();
    assertThat(result.at("/variants/1/cost_usd/mean").asDouble()).isPositive();
    assertThat(result.at("/variants/1/quality").isNull()).isTrue();
    assertThat(result.at("/variants/1/value").isNull()).as("it is not compared").isTrue();
    assertThat(result.at("/variants/1/difference").isNull()).isTrue();
  }

  @Test
  void theTenantSeesNoCopiesAndTheyNeverCountAsRequests() {
    double answered = copies("answered");
    String id = call("smart", false, "Hi").header("x-request-id");
    Until.holds(PATIENCE, "it is copied", () -> copies("answered") == answered + 1);
    Until.holds(PATIENCE, "the operator sees it", () -> newestCopy().compareTo(id) > 0);
    assertThat(get("/v1/usage/" + newestCopy()).path("attempts")).hasSize(1);
    assertThat(served.get(KEY, "/v1/usage/" + newestCopy()).status()).isEqualTo(404);
    assertThat(score(KEY, newestCopy())).isEqualTo(404);
    assertThat(score(ADMIN, newestCopy())).isEqualTo(404);
    JsonNode rows = served.get(KEY, "/v1/usage?limit=1000").json().path("data");
    assertThat(rows.toString()).contains(id).doesNotContain("\"shadow\"");
    JsonNode seen = served.get(KEY, "/v1/usage/summary").json();
    int calls = seen.at("/total/requests").asInt();
    assertThat(seen.at("/total/attempts").asInt()).as(seen.toString()).isEqualTo(rows.size());
    JsonNode all = get("/v1/usage/summary?tenant=shop");
    assertThat(all.at("/total/requests").asInt()).as(all.toString()).isEqualTo(calls);
    assertThat(all.at("/total/attempts").asInt()).isGreaterThan(rows.size());
    String report = "/v1/organization/usage/completions?start_time=1700000000&limit=180&page=";
    Set<Long> days = new TreeSet<>(); // two if midnight passes
    for (JsonNode row : rows) {
      Instant time = Instant.parse(row.path("timestamp").asText());
      days.add(time.truncatedTo(ChronoUnit.DAYS).getEpochSecond());
    }
    int reported = 0;
    for (long day : days) {
      JsonNode first = served.get(KEY, report + "page_" + day).json().at("/data/0/results/0");
      reported += first.path("num_model_requests").asInt();
    }
    assertThat(reported).isEqualTo(calls);
  }

  private static int score(String key, String id) {
    String body = "{\"request_id\": \"" + id + "\", \"score\": 0}";
    return served
        .http()
        .send(
            served
                .http()
                .to("/v1/feedback", body.getBytes(UTF_8))
                .header("authorization", "Bearer " + key))
        .status();
  }

  private static String newestCopy() {
    for (JsonNode row : get("/v1/usage?tenant=shop").path("data")) {
      if (row.path("operation").asText().equals("shadow")) {
        return row.path("request_id").asText();
      }
    }
    return "";
  }

  @Test
  void aCopyThatFailsIsTriedOnceAndDoesNotConcernTheCaller() {
    double failed = copies("failed");
    assertThat(call("fails", false, "Hi").status()).isEqualTo(200);
    Until.holds(PATIENCE, "the copy fails", () -> copies("failed") == failed + 1);
    assertThat(served.provider().received()).hasSize(2);
    Until.holds(
        PATIENCE,
        "it is in the results",
        () -> results("failing").at("/variants/1/calls").asInt() == 1);
    assertThat(results("failing").at("/variants/1/success_rate/mean").asDouble()).isZero();
  }

  @Test
  void aModelWithoutAPriceGetsNoCopies() {
    double skipped = copies("skipped");
    assertThat(call("free", false, "Hi").status()).isEqualTo(200);
    Until.holds(PATIENCE, "the copy is skipped", () -> copies("skipped") == skipped + 1);
    assertThat(served.provider().received()).hasSize(1);
  }

  @Test
  void aCallThatIsNotAnsweredIsNotCopied() {
    double answered = copies("answered");
    Caller.Reply failed = call("broken", false, "Hi");
    assertThat(failed.status()).as(failed.body()).isGreaterThanOrEqualTo(500);
    int attempts = served.provider().received().size();
    assertThat(attempts).isPositive();
    assertThat(call("smart", false, "Hi").status()).isEqualTo(200);
    Until.holds(PATIENCE, "a later call is copied", () -> copies("answered") == answered + 1);
    assertThat(served.provider().received()).as("that call and its copy").hasSize(attempts + 2);
    assertThat(results("unanswered").at("/variants/1/calls").asInt()).isZero();
  }

  private static Caller.Reply call(String model, boolean stream, String text) {
    return send(
        "{\"model\": \"%s\", \"stream\": %s, \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}]}"
            .formatted(model, stream, text));
  }

  private static Caller.Reply send(String body) {
    return served
        .http()
        .send(
            served
                .http()
                .to("/v1/chat/completions", body.getBytes(UTF_8))
                .header("authorization", "Bearer " + KEY));
  }

  private static JsonNode results(String id) {
    return get("/v1/experiments/" + id + "/results");
  }

  private static JsonNode get(String path) {
    return served.get(ADMIN, path).json();
  }

  private static double copies(String outcome) {
    String name = "serai_shadow_calls_total{outcome=\"" + outcome + "\"} ";
    return served
        .get(ADMIN, "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElseThrow();
  }
}

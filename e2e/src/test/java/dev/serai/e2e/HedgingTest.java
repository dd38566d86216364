package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.Received;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A second candidate is asked when the first one is late, and the first that responds serves. */
class HedgingTest {
  private static final String KEY = "shop-0123456789abcdef";
  private static final String ADMIN = "admin-0123456789abcdef";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String SETTINGS =
      """
      auth:
        keys:
          - {name: shop, key: %s, role: developer, tenant: shop}
          - {name: boss, key: %s, role: admin, tenant: shop}
      providers:
        openai:
          models:
            - {name: hang-first-token, cost_per_input: 10, cost_per_output: 10}
            - {name: hang-before-head, cost_per_input: 10, cost_per_output: 10}
        anthropic:
          models:
            - {name: text, cost_per_input: 10, cost_per_output: 10}
      budgets:
        shop: {scope: tenant, value: shop, limit: 100, period: total, allow_unpriced: true}
      models:
        late: {targets: [openai/hang-first-token], fallbacks: [anthropic/text]}
        silent: {targets: [openai/hang-before-head], fallbacks: [anthropic/text]}
        soon: {targets: [openai/text], fallbacks: [anthropic/text], hedging: {after: 30s, after_whole: 30s}}
        slow: {targets: [openai/paced-3x900], fallbacks: [anthropic/hang-before-head]}
        unlucky: {targets: [openai/paced-3x900], fallbacks: [anthropic/error-500]}
        limited: {targets: [openai/paced-3x900], fallbacks: [ollama/text]}
        both: {targets: [openai/hang-first-token], fallbacks: [anthropic/error-500], max_attempts: 2, deadlines: {first_token: 1s}}
        left: {targets: [openai/hang-first-token], fallbacks: [anthropic/hang-before-head]}
        apart: {targets: [openai/hang-first-token], fallbacks: [anthropic/text], hedging: {after: 0s}, deadlines: {first_token: 1s}}
      routing:
        hedging: {after: 200ms, after_whole: 200ms, budget_percent: 100}
      retry: {max_attempts: 3}
      limits:
        models: {ollama/text: {requests_per_day: 1}}
      """
          .formatted(KEY, ADMIN);

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir static Path folder;
  private static Served<CassetteServer> served;

  @BeforeAll
  static void start() {
    served = Served.byCassettes(folder, SETTINGS);
  }

  @AfterAll
  static void stop() throws Exception {
    CLIENT.shutdownNow();
    served.close();
  }

  @BeforeEach
  void forget() {
    served.provider().forget();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theSecondCandidateServesACallWhoseFirstOneIsSilent(boolean stream) {
    double won = hedges("won");
    String model = stream ? "late" : "silent";
    Caller.Reply reply = call(model, stream);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.header("x-serai-provider")).isEqualTo("anthropic");
    assertThat(reply.header("x-serai-attempts")).isEqualTo("2");
    assertThat(reply.header("x-serai-hedged")).isEqualTo("true");
    assertThat(stream ? reply.streamed() : reply.content()).isEqualTo(ClientSettings.HELLO);
    assertThat(!stream || reply.isFinished()).isTrue();
    assertThat(received("hang").cancelled()).succeedsWithin(PATIENCE);
    assertThat(hedges("won")).isEqualTo(won + 1);
  }

  @Test
  void theFirstCandidateServesTheCallIfItIsFasterAfterAll() {
    double lost = hedges("lost");
    Caller.Reply reply = call("slow", false);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.header("x-serai-provider")).isEqualTo("openai");
    assertThat(reply.header("x-serai-attempts")).isEqualTo("2");
    assertThat(reply.header("x-serai-hedged")).isEqualTo("true");
    assertThat(received("hang").cancelled()).succeedsWithin(PATIENCE);
    assertThat(hedges("lost")).isEqualTo(lost + 1);
  }

  @Test
  void aSecondCandidateThatFailsLeavesTheCallToTheFirst() {
    double failed = hedges("failed");
    Caller.Reply reply = call("unlucky", false);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.header("x-serai-provider")).isEqualTo("openai");
    assertThat(reply.header("x-serai-attempts")).isEqualTo("2");
    assertThat(hedges("failed")).isEqualTo(failed + 1);
  }

  @Test
  void nothingIsSentToASecondCandidateWhoseLimitIsReached() {
    call("ollama/text", false);
    served.provider().forget();
    double refused = hedges("refused");
    Caller.Reply reply = call("limited", false);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.header("x-serai-provider")).isEqualTo("openai");
    assertThat(served.provider().received("text")).isEmpty();
    assertThat(hedges("refused")).isEqualTo(refused + 1);
  }

  @Test
  void theCallFailsWhenBothHaveFailed() {
    Caller.Reply reply = call("both", true);
    assertThat(reply.status()).as(reply.body()).isEqualTo(504);
    assertThat(reply.header("x-serai-provider")).as("the last one").isEqualTo("openai");
    assertThat(reply.header("x-serai-attempts")).isEqualTo("2");
    assertThat(reply.header("x-serai-hedged")).isEqualTo("true");
  }

  @Test
  void bothRequestsAreCancelledWhenTheClientLeaves() {
    CompletableFuture<?> call =
        CLIENT.sendAsync(
            served
                .http()
                .to("/v1/chat/completions", Caller.body("left", true).getBytes(UTF_8))
                .header("authorization", "Bearer " + KEY)
                .build(),
            HttpResponse.BodyHandlers.discarding());
    Received first = received("hang-first-token");
    Received second = received("hang-before-head");
    call.cancel(true);
    assertThat(first.cancelled()).succeedsWithin(PATIENCE);
    assertThat(second.cancelled()).succeedsWithin(PATIENCE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCallThatIsSoonEnoughHasOneAttempt(boolean stream) {
    Caller.Reply reply = call("soon", stream);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.header("x-serai-attempts")).isEqualTo("1");
    assertThat(reply.header("x-serai-hedged")).isEmpty();
    assertThat(served.provider().received()).hasSize(1);
  }

  @Test
  void anAliasCanSwitchItOff() {
    Caller.Reply reply = call("apart", true);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.header("x-serai-attempts")).isEqualTo("2");
    assertThat(reply.header("x-serai-hedged")).as("a failover").isEmpty();
  }

  @Test
  void aClientCanForbidIt() {
    String body = Caller.body("slow", false);
    Caller.Reply reply =
        served
            .http()
            .send(
                served
                    .http()
                    .to("/v1/chat/completions", body.getBytes(UTF_8))
                    .header("authorization", "Bearer " + KEY)
                    .header("x-serai-max-attempts", "1"));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.header("x-serai-hedged")).isEmpty();
    assertThat(served.provider().received()).hasSize(1);
  }

  @Test
  void bothAttemptsAreInTheLedgerAndTheCallerPaysForBoth() {
    Caller.Reply reply = call("late", true);
    String id = reply.header("x-request-id");
    List<JsonNode> rows = new ArrayList<>();
    Until.holds(
        PATIENCE,
        "both rows",
        () -> {
          rows.clear();
          usage("?tenant=shop").forEach(rows::add);
          rows.removeIf(row -> !row.path("request_id").asText().equals(id));
          return rows.size() == 2;
        });
    JsonNode lost = row(rows, "openai");
    assertThat(lost.path("cause").asText()).isEqualTo("overtaken");
    assertThat(lost.path("outcome").asText()).isEqualTo("failed");
    assertThat(lost.path("delivered").asBoolean()).as("it is charged").isTrue();
    assertThat(lost.path("estimated").asBoolean()).isTrue();
    assertThat(lost.path("input_tokens").asInt()).isPositive();
    assertThat(lost.path("output_tokens").asInt()).isZero();
    assertThat(lost.path("cost").doubleValue()).isPositive();
    JsonNode won = row(rows, "anthropic");
    assertThat(won.path("outcome").asText()).isEqualTo("answered");
    assertThat(won.path("estimated").asBoolean()).isFalse();
    assertThat(won.path("cost").doubleValue()).isPositive();
    JsonNode total = usage("?group_by=tenant&tenant=shop").path(0);
    JsonNode account = get("/v1/budgets/shop").path("accounts").path(0);
    assertThat(account.path("spent").decimalValue())
        .isEqualByComparingTo(total.path("cost").decimalValue());
    assertThat(account.path("held").doubleValue()).isZero();
  }

  private static JsonNode row(List<JsonNode> rows, String of) {
    return rows.stream()
        .filter(row -> row.path("provider").asText().equals(of))
        .findFirst()
        .orElseThrow();
  }

  private static Received received(String model) {
    Until.holds(PATIENCE, "a request for " + model, () -> find(model).isPresent());
    return find(model).orElseThrow();
  }

  private static Optional<Received> find(String model) {
    return served.provider().received().stream()
        .filter(r -> r.model().startsWith(model))
        .findFirst();
  }

  private static Caller.Reply call(String model, boolean stream) {
    return served
        .http()
        .send(
            served
                .http()
                .to("/v1/chat/completions", Caller.body(model, stream).getBytes(UTF_8))
                .header("authorization", "Bearer " + KEY));
  }

  private static JsonNode usage(String query) {
    return get("/v1/usage" + query).path("data");
  }

  private static JsonNode get(String path) {
    return admin(path).json();
  }

  private static Caller.Reply admin(String path) {
    return served.get(ADMIN, path);
  }

  private static double hedges(String outcome) {
    String name = "serai_hedges_total{outcome=\"" + outcome + "\"} ";
    return admin("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElseThrow();
  }
}

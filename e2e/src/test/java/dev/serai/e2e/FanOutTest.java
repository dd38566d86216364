package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.Received;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several candidates are asked at once, and the client gets one response, made as its alias says.
 */
class FanOutTest {
  private static final String CALLER = "crowd-0123456789abcdef";
  private static final String POOR = "poor-0123456789abcdef";
  private static final String MANAGER = "manager-0123456789abcdef";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String SETTINGS =
      """
      auth:
        keys:
          - {name: crowd, key: %s, role: developer, tenant: crowd}
          - {name: poor, key: %s, role: developer, tenant: crowd}
          - {name: manager, key: %s, role: admin, tenant: crowd}
      providers:
        openai: {models: [{name: length, cost_per_input: 10, cost_per_output: 10}, {name: paced-3x900, cost_per_input: 10, cost_per_output: 10}]}
        anthropic: {models: [{name: text, cost_per_input: 10, cost_per_output: 10}]}
        ollama: {models: [{name: text, cost_per_input: 10, cost_per_output: 10}]}
      budgets:
        crowd: {scope: tenant, value: crowd, limit: 100, period: total, allow_unpriced: true}
        poor: {scope: key, value: poor, tenant: crowd, limit: 0.025, period: total}
      models:
        first: {targets: [openai/hang-before-head], fallbacks: [openai/hang-first-token, anthropic/text], fan_out: {aggregate: first_win}}
        most: {targets: [openai/length], fallbacks: [anthropic/text, ollama/text], fan_out: {aggregate: consensus}}
        calls: {targets: [openai/tools-parallel], fallbacks: [anthropic/tools, ollama/tools], fan_out: {aggregate: consensus}}
        unlucky: {targets: [openai/error-500], fallbacks: [anthropic/text, ollama/empty], fan_out: {aggregate: consensus, min_responses: 2}}
        few: {targets: [openai/error-500], fallbacks: [anthropic/text, ollama/error-503], fan_out: {aggregate: consensus, min_responses: 2}}
        none: {targets: [openai/error-500], fallbacks: [anthropic/error-400], fan_out: {aggregate: first_win}}
        timely: {targets: [openai/paced-3x900], fallbacks: [anthropic/text, ollama/text], fan_out: {aggregate: consensus, deadline: 400ms}}
        late: {targets: [openai/hang-before-head], fallbacks: [anthropic/hang-before-head], fan_out: {aggregate: consensus, deadline: 300ms}}
        alone: {targets: [openai/text], fallbacks: [groq/text], fan_out: {aggregate: consensus}}
        copied: {targets: [openai/length], fallbacks: [anthropic/text, ollama/text], fan_out: {aggregate: consensus, route: own-fan-out}}
        broken: {targets: [openai/length], fallbacks: [anthropic/text], fan_out: {aggregate: consensus, route: half-fan-out}}
        nowhere: {targets: [openai/length], fallbacks: [anthropic/text], fan_out: {aggregate: consensus, route: no-such-route}}
        left: {targets: [openai/hang-before-head], fallbacks: [anthropic/text], fan_out: {aggregate: consensus}}
        again: {targets: [openai/text, openai/text], fan_out: {aggregate: consensus}}
      """
          .formatted(CALLER, POOR, MANAGER);

  /** Routes of the operator: a copy of fan-out, and one that lacks its second step. */
  private static final String ROUTES =
      """
      - route:
          id: own-fan-out
          routeConfigurationId: inner
          from:
            uri: direct:own-fan-out
            steps:
              - process:
                  ref: ask-candidates
              - process:
                  ref: aggregate-responses
      - route:
          id: half-fan-out
          routeConfigurationId: inner
          from:
            uri: direct:half-fan-out
            steps:
              - process:
                  ref: ask-candidates
      """;

  @TempDir static Path folder;
  private static Served<CassetteServer> served;

  @BeforeAll
  static void start() {
    RunningGateway.write(folder.resolve("serai.d/own.camel.yaml"), ROUTES);
    served = Served.byCassettes(folder, SETTINGS);
  }

  @AfterAll
  static void stop() throws Exception {
    served.close();
  }

  @BeforeEach
  void forget() {
    served.provider().forget();
  }

  @Test
  void aQuestionCostsWhatAllCandidatesCostTogether() throws Exception {
    Caller.Reply reply = served.post(CALLER, "/v1/ask", "{\"prompt\": \"x\", \"model\": \"most\"}");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    JsonNode last = Caller.JSON.readTree(reply.body().strip().lines().toList().getLast());
    double charged = rows(reply, 3).stream().mapToDouble(row -> row.path("cost").asDouble()).sum();
    assertThat(last.path("cost_usd").asDouble())
        .as(reply.body())
        .isCloseTo(charged, Offset.offset(1e-9));
    assertThat(last.path("savings_pct").asDouble()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theFirstResponseServesTheCallAndTheOthersAreCancelled(boolean stream) {
    double before = fanOuts("first_win");
    Caller.Reply reply = call("first", stream);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(stream ? reply.streamed() : reply.content()).isEqualTo(ClientSettings.HELLO);
    assertThat(reply.header("x-serai-provider")).isEqualTo("anthropic");
    assertThat(reply.header("x-serai-attempts")).isEqualTo("3");
    assertThat(reply.header("x-serai-fan-out")).isEqualTo("first_win");
    assertThat(reply.header("x-serai-agreement")).isEmpty();
    assertThat(served.provider().received()).hasSize(3);
    for (Received received : served.provider().received()) {
      if (received.model().startsWith("hang")) {
        assertThat(received.cancelled()).succeedsWithin(PATIENCE);
      }
    }
    assertThat(fanOuts("first_win")).isEqualTo(before + 1);
    List<JsonNode> rows = rows(reply, 3);
    assertThat(rows.stream().filter(row -> cause(row).equals("overtaken"))).hasSize(2);
    assertThat(rows).allMatch(row -> row.path("delivered").asBoolean());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theResponseThatMostAgreeWithServesTheCallAndAllAreCharged(boolean stream) {
    Caller.Reply reply = call("most", stream);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(stream ? reply.streamed() : reply.content()).isEqualTo(ClientSettings.HELLO);
    assertThat(!stream || reply.isFinished()).isTrue();
    assertThat(reply.header("x-serai-provider")).as("the first of both").isEqualTo("anthropic");
    assertThat(reply.header("x-serai-fan-out")).isEqualTo("consensus");
    assertThat(reply.header("x-serai-agreement")).isEqualTo("0.67");
    List<JsonNode> rows = rows(reply, 3);
    for (JsonNode row : rows) {
      boolean chosen = row.path("provider").asText().equals("anthropic");
      assertThat(row.path("outcome").asText()).isEqualTo(chosen ? "answered" : "failed");
      assertThat(cause(row)).isEqualTo(chosen ? "" : "not_chosen");
      assertThat(row.path("delivered").asBoolean()).as("it is charged").isTrue();
      assertThat(row.path("estimated").asBoolean()).isFalse();
      assertThat(row.path("output_tokens").asInt()).isPositive();
      assertThat(row.path("cost").doubleValue()).isPositive();
    }
    JsonNode total = get("/v1/usage?group_by=tenant&tenant=crowd").path("data").path(0);
    Until.holds(
        PATIENCE,
        "nothing is held",
        () -> get("/v1/budgets/crowd").path("accounts").path(0).path("held").doubleValue() == 0);
    assertThat(get("/v1/budgets/crowd").path("accounts").path(0).path("spent").decimalValue())
        .isEqualByComparingTo(total.path("cost").decimalValue());
  }

  @Test
  void callsOfToolsAgreeIfTheirArgumentsHaveTheSameValues() {
    Caller.Reply reply = call("calls", false);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.header("x-serai-provider")).isEqualTo("anthropic");
    assertThat(reply.header("x-serai-agreement")).isEqualTo("0.67");
    assertThat(reply.json().at("/choices/0/message/tool_calls")).hasSize(1);
  }

  @Test
  void aResponseWithoutContentHasNoVoteAndAFailureHasNone() {
    Caller.Reply reply = call("unlucky", false);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.content()).isEqualTo(ClientSettings.HELLO);
    assertThat(reply.header("x-serai-agreement")).isEqualTo("1.00");
  }

  @Test
  void theCallFailsIfFewerHaveRespondedThanItNeeds() {
    Caller.Reply reply = call("few", false);
    assertThat(reply.status()).as(reply.body()).isEqualTo(502);
    assertThat(reply.json().at("/error/code").asText()).isEqualTo("too_few_responses");
    assertThat(reply.json().at("/error/message").asText())
        .contains("1 of the 3 candidates", "needs 2");
    assertThat(reply.header("x-serai-attempts")).isEqualTo("3");
    assertThat(rows(reply, 3)).noneMatch(row -> row.path("delivered").asBoolean());
  }

  @Test
  void theLastFailureIsThatOfTheCallIfAllHaveFailed() {
    Caller.Reply reply = call("none", false);
    assertThat(reply.status()).as(reply.body()).isIn(400, 500);
    assertThat(reply.json().at("/error/code").asText()).isNotEqualTo("too_few_responses");
    assertThat(reply.header("x-serai-attempts")).isEqualTo("2");
  }

  @Test
  void atTheDeadlineTheResponsesThatAreThereCount() {
    Caller.Reply reply = call("timely", false);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.content()).isEqualTo(ClientSettings.HELLO);
    assertThat(reply.header("x-serai-agreement")).isEqualTo("1.00");
    Caller.Reply late = call("late", true);
    assertThat(late.status()).as(late.body()).isEqualTo(504);
    assertThat(late.json().at("/error/code").asText()).isEqualTo("too_few_responses");
  }

  @Test
  void anAliasCanUseACopyOfTheRoute() {
    Caller.Reply reply = call("copied", false);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.content()).isEqualTo(ClientSettings.HELLO);
    assertThat(reply.header("x-serai-agreement")).isEqualTo("0.67");
  }

  @ParameterizedTest
  @ValueSource(strings = {"broken", "nowhere"})
  void aRouteThatIsNotThereOrLacksAStepFailsTheCallAndLeavesNothing(String model) {
    Caller.Reply reply = call(model, false);
    assertThat(reply.status()).as(reply.body()).isEqualTo(500);
    Until.holds(
        PATIENCE,
        "nothing is held",
        () -> get("/v1/budgets/crowd").path("accounts").path(0).path("held").doubleValue() == 0);
    assertThat(call("most", false).status()).isEqualTo(200);
  }

  /** Each of three responses may cost a cent, and a little for the prompt. */
  @Test
  void aBudgetHoldsWhatAllMayCost() {
    String body =
        Caller.body("most", false).replace("\"stream\"", "\"max_tokens\":1000,\"stream\"");
    Caller.Reply all = served.post(POOR, "/v1/chat/completions", body);
    assertThat(all.status()).as(all.body()).isEqualTo(429);
    assertThat(served.provider().received()).isEmpty();
    Caller.Reply one =
        served.post(POOR, "/v1/chat/completions", body.replace("most", "anthropic/text"));
    assertThat(one.status()).as(one.body()).isEqualTo(200);
  }

  @Test
  void theExplanationSaysHowManyWouldBeAskedAtOnce() {
    JsonNode planned = explained("most", 5);
    assertThat(planned.path("aggregate").asText()).isEqualTo("consensus");
    assertThat(planned.path("asked").asInt()).isEqualTo(3);
    assertThat(explained("most", 2).path("asked").asInt()).isEqualTo(2);
    assertThat(explained("alone", 5).isMissingNode()).isTrue();
  }

  private static JsonNode explained(String model, int attempts) {
    String body = Caller.body(model, false);
    Caller.Reply reply =
        served
            .http()
            .send(
                served
                    .http()
                    .to("/v1/routes/explain", body.getBytes(UTF_8))
                    .header("authorization", "Bearer " + MANAGER)
                    .header("x-serai-max-attempts", Integer.toString(attempts)));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json().path("fan_out");
  }

  @Test
  void aClientThatLeavesHasACancelledRowForEachThatWasAsked() {
    CompletableFuture<?> call =
        HttpClient.newHttpClient()
            .sendAsync(request("left", false).build(), HttpResponse.BodyHandlers.discarding());
    Until.holds(PATIENCE, "both requests", () -> served.provider().received().size() == 2);
    call.cancel(true);
    List<String> rows = new ArrayList<>();
    Until.holds(
        PATIENCE,
        "both rows",
        () -> {
          rows.clear();
          for (JsonNode row : get("/v1/usage?tenant=crowd").path("data")) {
            if (row.path("asked_model").asText().equals("left")) {
              rows.add(row.path("provider").asText() + " " + row.path("outcome").asText());
            }
          }
          return rows.size() == 2;
        });
    assertThat(rows).containsExactlyInAnyOrder("openai cancelled", "anthropic cancelled");
  }

  @Test
  void oneModelCanBeAskedSeveralTimes() {
    Caller.Reply reply = call("again", false);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.header("x-serai-agreement")).isEqualTo("1.00");
    assertThat(served.provider().received("text")).hasSize(2);
  }

  @Test
  void aClientCanForbidItAndACallWithOneCandidateHasNone() {
    Caller.Reply reply =
        served.http().send(request("most", false).header("x-serai-max-attempts", "1"));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.header("x-serai-fan-out")).isEmpty();
    assertThat(served.provider().received()).hasSize(1);
    assertThat(call("alone", false).header("x-serai-fan-out")).isEmpty();
  }

  private static HttpRequest.Builder request(String model, boolean stream) {
    return served
        .http()
        .to("/v1/chat/completions", Caller.body(model, stream).getBytes(UTF_8))
        .header("authorization", "Bearer " + CALLER);
  }

  private static Caller.Reply call(String model, boolean stream) {
    return served.http().send(request(model, stream));
  }

  private static String cause(JsonNode row) {
    return row.path("cause").asText("");
  }

  /** The rows of a call in the ledger, once all are there. */
  private static List<JsonNode> rows(Caller.Reply reply, int count) {
    List<JsonNode> rows = new ArrayList<>();
    String id = reply.header("x-request-id");
    Until.holds(
        PATIENCE,
        "all rows",
        () -> {
          rows.clear();
          for (JsonNode row : get("/v1/usage?tenant=crowd").path("data")) {
            if (row.path("request_id").asText().equals(id)) {
              rows.add(row);
            }
          }
          return rows.size() == count;
        });
    return rows;
  }

  private static JsonNode get(String path) {
    return served.get(MANAGER, path).json();
  }

  private static double fanOuts(String aggregation) {
    String name = "serai_fan_outs_total{aggregation=\"" + aggregation + "\"} ";
    return served
        .get(MANAGER, "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .sum();
  }
}

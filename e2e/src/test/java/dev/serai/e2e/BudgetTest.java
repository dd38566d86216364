package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Budgets from the settings, from the client to the ledger. A token costs 0.00001 USD. */
class BudgetTest {
  private static final String CANARY = "canary-0123456789abcdef";
  private static final String POOR = "poor-" + CANARY;
  private static final String RICH = "rich-" + CANARY;
  private static final String FALLING = "falling-" + CANARY;
  private static final String ADMIN = "admin-" + CANARY;

  private static final String SETTINGS =
      """
      auth:
        keys:
          - {name: poor, key: %s, role: developer, tenant: acme}
          - {name: rich, key: %s, role: developer, tenant: globex}
          - {name: falling, key: %s, role: developer, tenant: initech}
      providers:
        openai:
          models:
            - {name: text, cost_per_input: 10, cost_per_output: 10}
            - {name: hang-mid-stream, cost_per_input: 10, cost_per_output: 10}
      budgets:
        tiny: {scope: key, tenant: acme, limit: 0.0001}
        whole: {scope: tenant, value: globex, limit: 0.004, period: total}
        ended: {scope: tenant, value: initech, limit: 0, fallback_model: ollama/text}
      """
          .formatted(POOR, RICH, FALLING);

  @TempDir static Path folder;
  private static CassetteServer provider;
  private static RunningGateway gateway;
  private static Caller http;

  @BeforeAll
  static void start() {
    provider = CassetteServer.start();
    gateway = plan(folder).start();
    http = new Caller(gateway.url());
  }

  private static RunningGateway.Plan plan(Path in) {
    return RunningGateway.in(in)
        .providersAt(provider.url())
        .settings(SETTINGS)
        .with("ROUTER_ADMIN_KEYS", ADMIN);
  }

  @AfterAll
  static void stop() {
    http.close();
    gateway.close();
    provider.close();
  }

  private static Caller.Reply post(Caller to, String path, String model, String key) {
    return to.send(
        to.to(path, body(model).getBytes(StandardCharsets.UTF_8))
            .header("authorization", "Bearer " + key));
  }

  private static String body(String model) {
    return "{\"model\":\""
        + model
        + "\",\"max_tokens\":20,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
  }

  private static Caller.Reply chat(String model, String key) {
    return post(http, "/v1/chat/completions", model, key);
  }

  /** A stream that does not end. */
  private static Caller.Reply stream(Caller to) {
    String body = body("openai/hang-mid-stream").replaceFirst("\\{", "{\"stream\":true,");
    return to.send(
        to.to("/v1/chat/completions", body.getBytes(StandardCharsets.UTF_8))
            .header("authorization", "Bearer " + RICH));
  }

  private static Caller.Reply asAdmin(Caller of, String gatewayUrl, String path) {
    return of.send(
        HttpRequest.newBuilder(URI.create(gatewayUrl + path))
            .header("authorization", "Bearer " + ADMIN));
  }

  private static JsonNode rows(Caller of, String gatewayUrl) {
    return asAdmin(of, gatewayUrl, "/v1/usage?tenant=globex").json().path("data");
  }

  private static JsonNode usage(String query) {
    return get("/v1/usage" + query).path("data");
  }

  private static JsonNode get(String path) {
    return asAdmin(http, gateway.url(), path).json();
  }

  @Test
  void everySurfaceSaysInItsOwnShapeThatABudgetIsUsedUp() {
    Caller.Reply openAi = chat("openai/text", POOR);
    assertThat(openAi.status()).isEqualTo(429);
    JsonNode error = openAi.json().path("error");
    assertThat(error.path("type").asText()).isEqualTo("insufficient_quota");
    assertThat(error.path("code").asText()).isEqualTo("insufficient_quota");
    assertThat(error.path("message").asText())
        .contains("'tiny'", "key poor of tenant acme", "0.0001 USD a month")
        .contains("more than the whole budget: set a lower max_tokens");
    assertThat(openAi.header("retry-after")).as("waiting does not help").isEmpty();
    Caller.Reply anthropic = post(http, "/v1/messages", "openai/text", POOR);
    assertThat(anthropic.status()).isEqualTo(429);
    assertThat(anthropic.json().at("/error/type").asText()).isEqualTo("rate_limit_error");
  }

  /** Bifrost#2873: calls that are only forwarded bypass budgets. */
  @Test
  void forwardedCallsCountAndAModelWithoutAPriceIsRefused() {
    Caller.Reply unpriced = chat("openai/other", POOR);
    assertThat(unpriced.status()).isEqualTo(403);
    assertThat(unpriced.json().at("/error/code").asText()).isEqualTo("model_not_priced");
    assertThat(unpriced.json().at("/error/message").asText()).contains("config/models.yaml");
    String body = "{\"model\":\"openai/text\",\"input\":\"" + "long ".repeat(100) + "\"}";
    Caller.Reply embedded =
        http.send(
            http.to("/v1/embeddings", body.getBytes(StandardCharsets.UTF_8))
                .header("authorization", "Bearer " + POOR));
    assertThat(embedded.status()).isEqualTo(429);
    Caller.Reply image = post(http, "/v1/images/generations", "openai/dall-e", POOR);
    assertThat(image.json().at("/error/code").asText()).isEqualTo("model_not_priced");
  }

  @Test
  void callsAreServedUntilTheNextOneMightExceedTheBudget() {
    int served = 0;
    Caller.Reply reply = chat("openai/text", RICH);
    while (reply.status() == 200 && served < 1000) {
      served++;
      reply = chat("openai/text", RICH);
    }
    assertThat(reply.status()).isEqualTo(429);
    assertThat(Integer.parseInt(reply.header("retry-after"))).isPositive();
    assertThat(served).isPositive();
    JsonNode total = usage("?group_by=tenant&tenant=globex").path(0);
    assertThat(total.path("cost").decimalValue()).isPositive();
    assertThat(total.path("cost").doubleValue()).isLessThanOrEqualTo(0.004);
    JsonNode account = get("/v1/budgets/whole").path("accounts").path(0);
    assertThat(account.path("spent").decimalValue())
        .isEqualByComparingTo(total.path("cost").decimalValue());
    assertThat(account.path("held").doubleValue()).isZero();
    assertThat(account.path("remaining").doubleValue()).isLessThan(0.004);
    assertThat(get("/v1/budgets").path("data")).hasSize(3);
    assertThat(get("/v1/budgets/none").at("/error/code").asText()).isEqualTo("budget_not_found");
  }

  @Test
  void aBudgetThatIsUsedUpLeadsToItsFallbackModel() {
    assertThat(chat("openai/text", FALLING).status()).isEqualTo(200);
    JsonNode row = usage("?tenant=initech&limit=1").path(0);
    assertThat(row.path("provider").asText()).isEqualTo("ollama");
  }

  /** Two calls reach the provider, the others wait for it when the gateway is killed. */
  @Test
  void aKilledGatewayChargesTheCallsThatWereSentAndNotThoseThatWaited(@TempDir Path own)
      throws Exception {
    String fairness =
        "fairness: {enabled: true, min_window: 2, first_window: 2, max_window: 2, max_wait: 60s}\n";
    String settings = SETTINGS.replace("limit: 0.004, period: total", "limit: 1") + fairness;
    RunningGateway.Plan plan = plan(own).settings(settings);
    int before = provider.received().size();
    try (GatewayProcess killed = GatewayProcess.start(own, plan);
        Caller caller = new Caller(killed.url());
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 6; i++) {
        callers.submit(() -> stream(caller));
      }
      Until.holds(
          Duration.ofSeconds(60),
          "two calls are sent and four wait",
          () ->
              asAdmin(caller, killed.url(), "/metrics")
                      .body()
                      .contains("fair_sched_queue_depth 4.0")
                  && provider.received().size() >= before + 2);
      killed.kill();
    }
    assertThat(provider.received()).hasSize(before + 2);
    try (GatewayProcess next = GatewayProcess.start(own, plan);
        Caller caller = new Caller(next.url())) {
      Until.holds(
          Duration.ofSeconds(60),
          "the rows of all calls",
          () -> rows(caller, next.url()).size() == 6);
      assertThat(rows(caller, next.url()))
          .allMatch(row -> row.path("problem").asText().equals("interrupted"))
          .filteredOn(row -> row.path("cost").doubleValue() > 0)
          .hasSize(2);
    }
  }

  @Test
  void aKilledGatewayLeavesNoHold(@TempDir Path own) throws Exception {
    RunningGateway.Plan plan = plan(own);
    int before = provider.received().size();
    try (GatewayProcess killed = GatewayProcess.start(own, plan);
        Caller caller = new Caller(killed.url());
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 3; i++) {
        callers.submit(() -> stream(caller));
      }
      Until.holds(Duration.ofSeconds(60), "calls", () -> provider.received().size() >= before + 3);
      killed.kill();
    }
    try (GatewayProcess next = GatewayProcess.start(own, plan);
        Caller caller = new Caller(next.url())) {
      // More than was left while the killed calls held their part.
      String large = body("openai/text").replace("\"max_tokens\":20", "\"max_tokens\":250");
      Until.holds(
          Duration.ofSeconds(60),
          "no hold",
          () ->
              caller
                      .send(
                          caller
                              .to("/v1/chat/completions", large.getBytes(StandardCharsets.UTF_8))
                              .header("authorization", "Bearer " + RICH))
                      .status()
                  == 200);
    }
  }
}

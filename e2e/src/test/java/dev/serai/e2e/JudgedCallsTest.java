package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.JudgedProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that scores the responses of calls that a bandit has chosen the model of. */
class JudgedCallsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String BOSS = "boss-0123456789abcdef";
  private static final String SHOP = "shop-0123456789abcdef";
  private static final String CLINIC = "clinic-0123456789abcdef";

  private static final String SETTINGS =
      """
      auth:
        keys:
          - {name: shop, key: %s, role: user, tenant: shop}
          - {name: clinic, key: %s, role: user, tenant: clinic}
          - {name: boss, key: %s, role: admin, tenant: house}
      providers:
        openai: {models: [{name: judge, cost_per_input: 10, cost_per_output: 10}]}
      models:
        smart: {targets: [openai/poor, anthropic/better], strategy: bandit}
        fixed: {targets: [openai/poor, anthropic/better]}
      privacy:
        action: mask
        kinds: [email]
        tenants:
          clinic: {kinds: [phone]}
      routing:
        bandit: {reward: {success: 0.1, quality: 0.9, speed: 0}}
        feedback: {judge: {model: openai/judge, sample_percent: 100, max_per_minute: 1000}}
      """
          .formatted(SHOP, CLINIC, BOSS);

  private static final Map<String, String> TEXTS =
      Map.of("poor", "I do not know.", "better", "A good explanation of where it is.");

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

  @Test
  void theScoreOfTheJudgeIsFeedbackAndTheGatewayPaysForIt() {
    for (int i = 0; i < 6; i++) {
      Caller.Reply reply = chat(SHOP, "smart", i % 2 == 0, "Ask ann@example.com where it is");
      String id = reply.header("x-request-id");
      Until.holds(PATIENCE, "it is scored", () -> !feedback(id).isMissingNode());
      JsonNode entry = feedback(id);
      boolean good = reply.header("x-serai-provider").equals("anthropic");
      assertThat(entry.path("source").asText()).isEqualTo("judge");
      assertThat(entry.path("score").asDouble()).isEqualTo(good ? 0.9 : 0.3);
      assertThat(entry.path("tenant").asText()).isEqualTo("shop");
    }
    JsonNode shown = served.provider().judged().getLast().path("messages").path(1).path("content");
    assertThat(shown.asText())
        .as("masked as for every provider")
        .contains("where it is")
        .doesNotContain("ann@example.com");
    JsonNode row = get("/v1/usage?tenant=serai").path("data").path(0);
    assertThat(row.path("task_type").asText()).isEqualTo("judge");
    assertThat(row.path("model").asText()).isEqualTo("judge");
    assertThat(row.path("cost").doubleValue()).isPositive();
    assertThat(get("/v1/usage?tenant=shop").path("data"))
        .as("the caller pays for its own calls only")
        .noneMatch(paid -> paid.path("model").asText().equals("judge"));
  }

  @Test
  void callsThatNoBanditChoseOrWhoseTenantHasItsOwnPrivacyAreNotShownToTheJudge() {
    chat(SHOP, "fixed", false, "First secret");
    chat(CLINIC, "smart", false, "Second secret");
    String last = chat(SHOP, "smart", false, "Third").header("x-request-id");
    Until.holds(PATIENCE, "it is scored", () -> !feedback(last).isMissingNode());
    assertThat(served.provider().judged())
        .noneMatch(request -> request.toString().contains("secret"));
    assertThat(served.http().send("GET", "/metrics", BOSS, "").body())
        .contains("serai_feedback_judged_total{outcome=\"failed\"} 0")
        .contains("serai_feedback_judged_total{outcome=\"skipped\"} 0");
  }

  private static Caller.Reply chat(String key, String model, boolean stream, String text) {
    String body = Caller.body(model, stream).replace("Hello", text);
    Caller.Reply reply =
        served
            .http()
            .send(
                served
                    .http()
                    .to("/v1/chat/completions", body.getBytes(UTF_8))
                    .header("x-api-key", key));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply;
  }

  private static JsonNode feedback(String id) {
    for (JsonNode entry : get("/v1/feedback?limit=100").path("data")) {
      if (entry.path("request_id").asText().equals(id)) {
        return entry;
      }
    }
    return Caller.parse("{}").path("none");
  }

  private static JsonNode get(String path) {
    return served.get(BOSS, path).json();
  }
}

package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway observes of the calls that a bandit has chosen the model of. */
class ImplicitFeedbackTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int DRAWS = 40;

  private static final String SETTINGS =
      """
      providers:
        poor: {kind: openai-compatible, base_url: "%2$s/v1", api_key: %1$s, models: [text, gpt-4o--long-stream]}
        good: {kind: openai-compatible, base_url: "%2$s/v1", api_key: %1$s, models: [text, gpt-4o--long-stream]}
      models:
        smart: {targets: [poor/text, good/text], strategy: bandit}
        tools: {targets: [poor/text, good/text], strategy: bandit}
        long: {targets: [poor/gpt-4o--long-stream, good/gpt-4o--long-stream], strategy: bandit}
        fixed: {targets: [poor/text, good/text]}
      routing:
        cache_affinity: 0s
        bandit: {reward: {success: 0.1, quality: 0.9, speed: 0}}
        feedback: {implicit: {enabled: true, abort: 0.1, retry: 0.9, tool: 0.2}}
      """;

  @TempDir static Path folder;
  private static Served<CassetteServer> served;

  @BeforeAll
  static void start() {
    CassetteServer provider = CassetteServer.start();
    String settings = SETTINGS.formatted(RunningGateway.CANARY, provider.url());
    served = Served.start(provider, RunningGateway.in(folder).settings(settings));
  }

  @AfterAll
  static void stop() throws Exception {
    served.close();
  }

  @Test
  void aBanditTurnsAwayFromTheTargetWhoseCallsAreRetried() {
    int retried = 0;
    for (int i = 0; i < 40; i++) {
      String session = UUID.randomUUID().toString();
      Caller.Reply reply = chat("smart", session);
      if (reply.header("x-serai-provider").equals("poor")) {
        String again = id(chat("smart", session));
        awaitObserved(id(reply), "retry", -0.9);
        assertThat(again).isNotEqualTo(id(reply));
        retried++;
      }
    }
    assertThat(retried).isPositive();
    assertThat(drawsOfThePoor()).isLessThanOrEqualTo(DRAWS / 3);
    assertThat(served.http().get("/metrics").body())
        .contains("serai_feedback_observed_total{source=\"retry\"} " + retried)
        .contains("serai_feedback_dropped_total 0");
  }

  @Test
  void onlyCallsOfOneSessionWhoseModelABanditChoseAreObserved() {
    String fixed = id(chat("fixed", "s-1"));
    chat("fixed", "s-1");
    String alone = id(chat("tools", ""));
    chat("tools", "");
    String first = id(chat("tools", "s-2"));
    String other = id(chat("tools", "s-3"));
    chat("tools", "s-2");
    awaitObserved(first, "retry", -0.9); // what came before is looked at before
    for (String id : new String[] {fixed, alone, other}) {
      assertThat(observed(id).isMissingNode()).as(id).isTrue();
    }
  }

  @Test
  void aToolThatFailedIsSaidOfTheCallThatCalledIt() {
    String question = "{\"role\": \"user\", \"content\": \"Weather in Lyon?\"}";
    String called =
        "{\"role\": \"assistant\", \"content\": [{\"type\": \"tool_use\", \"id\": \"t1\","
            + " \"name\": \"weather\", \"input\": {\"town\": \"Lyon\"}}]}";
    String result =
        "{\"role\": \"user\", \"content\": [{\"type\": \"tool_result\", \"tool_use_id\": \"t1\","
            + " \"is_error\": %s, \"content\": \"no such argument\"}]}";
    String first = id(message(question));
    message(question + "," + called + "," + result.formatted(false));
    message(question + "," + called + "," + result.formatted(true));
    awaitObserved(first, "tool", -0.2);
  }

  @Test
  void aStreamThatItsClientLeavesIsObserved() throws Exception {
    long before = count("abort");
    try (var stream = served.http().open("long")) {
      assertThat(stream.readNBytes(400)).hasSize(400);
    }
    Until.holds(PATIENCE, "it is observed", () -> count("abort") == before + 1);
  }

  private static long count(String source) {
    long count = 0;
    for (JsonNode entry : entries()) {
      count += entry.path("source").asText().equals(source) ? 1 : 0;
    }
    return count;
  }

  private static void awaitObserved(String id, String source, double change) {
    Until.holds(PATIENCE, "it is observed", () -> !observed(id).isMissingNode());
    JsonNode entry = observed(id);
    assertThat(entry.path("source").asText()).isEqualTo(source);
    assertThat(entry.path("change").asDouble()).isEqualTo(change);
    assertThat(entry.has("score") || entry.has("metric")).isFalse();
  }

  private static JsonNode observed(String id) {
    for (JsonNode entry : entries()) {
      if (entry.path("request_id").asText().equals(id)) {
        return entry;
      }
    }
    return Caller.parse("{}").path("none");
  }

  private static JsonNode entries() {
    return served.http().get("/v1/feedback?limit=100").json().path("data");
  }

  private static String id(Caller.Reply reply) {
    return reply.header("x-request-id");
  }

  private static Caller.Reply chat(String model, String session) {
    return send("/v1/chat/completions", Caller.body(model, false), session);
  }

  private static Caller.Reply message(String messages) {
    return send(
        "/v1/messages",
        "{\"model\": \"tools\", \"max_tokens\": 50, \"tools\": [{\"name\": \"weather\","
            + " \"input_schema\": {\"type\": \"object\"}}], \"messages\": ["
            + messages
            + "]}",
        "");
  }

  private static Caller.Reply send(String path, String body, String session) {
    HttpRequest.Builder request = served.http().to(path, body.getBytes(UTF_8));
    Caller.Reply reply =
        served
            .http()
            .send(session.isEmpty() ? request : request.header("x-serai-session", session));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply;
  }

  /** How often the target whose calls are retried would be asked first. */
  private static int drawsOfThePoor() {
    int poor = 0;
    for (int i = 0; i < DRAWS; i++) {
      Caller.Reply reply = send("/v1/routes/explain", Caller.body("smart", false), "");
      poor += reply.json().at("/candidates/0/provider").asText().equals("poor") ? 1 : 0;
    }
    return poor;
  }
}

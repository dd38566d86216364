package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long sessions are compressed in the background, and models get the summary. */
class SessionCompressionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int TURNS = 200;

  private static final String SETTINGS =
      """
      state:
        sessions:
          max_context_tokens: 1000
          compression: {mode: %s}
      """;

  @TempDir Path folder;
  private final CassetteServer provider = CassetteServer.start();
  private RunningGateway gateway;
  private Caller http;

  @BeforeEach
  void start() {
    start("key_information");
  }

  private void start(String mode) {
    gateway =
        RunningGateway.in(folder)
            .providersAt(provider.url())
            .settings(SETTINGS.formatted(mode))
            .start();
    http = new Caller(gateway.url());
  }

  @AfterEach
  void stop() {
    http.close();
    gateway.close();
    provider.close();
  }

  private void say(String session, String text) {
    String body =
        "{\"model\":\"openai/text\",\"session_id\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
            .formatted(session, text);
    Caller.Reply reply = http.post("/v1/chat/completions", body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
  }

  private List<String> sent() {
    List<String> texts = new ArrayList<>();
    Caller.parse(new String(provider.received().getLast().body(), StandardCharsets.UTF_8))
        .path("messages")
        .forEach(message -> texts.add(message.path("content").asText()));
    return texts;
  }

  private Caller.Reply summary(String session) {
    return http.get("/v1/sessions/" + session + "/summary");
  }

  @Test
  void aConversationOfTwoHundredTurnsStillKnowsWhatWasSaidInTheThird() {
    String session = http.post("/v1/sessions", "{}").json().path("id").asText();
    assertThat(summary(session).status()).isEqualTo(404);
    assertThat(summary(session).json().at("/error/code").asText()).isEqualTo("summary_not_found");
    for (int turn = 1; turn <= TURNS; turn++) {
      say(session, turn == 3 ? "My locker has the code QX7-4431." : "Tell me more about " + turn);
    }
    Until.holds(
        PATIENCE, "a late summary", () -> summary(session).json().path("messages").asInt() > TURNS);
    say(session, "Which code has my locker?");
    assertThat(sent().getFirst())
        .startsWith("Summary of the earlier messages of this conversation.")
        .contains("- user: My locker has the code QX7-4431.");
    assertThat(sent()).doesNotContain("My locker has the code QX7-4431.").hasSizeLessThan(80);
    assertThat(sent().getLast()).isEqualTo("Which code has my locker?");
    JsonNode shown = summary(session).json();
    assertThat(shown.path("object").asText()).isEqualTo("session.summary");
    assertThat(shown.path("text").asText()).isEqualTo(sent().getFirst());
    assertThat(shown.path("mode").asText()).isEqualTo("key_information");
    assertThat(shown.at("/key_information/entities").toString()).contains("QX7-4431");
    assertThat(shown.path("tokens_before").asInt())
        .isGreaterThan(4 * shown.path("tokens_after").asInt());
    JsonNode first =
        http.get("/v1/sessions/" + session + "/messages?limit=6&q=QX7").json().path("data");
    assertThat(first.at("/0/number").asInt()).as("it is still stored").isPositive();
    assertThat(http.get("/metrics").body())
        .contains("serai_session_compressions_total{outcome=\"failed\"} 0");
    assertThat(metric("saved_tokens")).isGreaterThan(1000);
    http.send("DELETE", "/v1/sessions/" + session, "", "");
    assertThat(summary(session).json().at("/error/code").asText()).isEqualTo("session_not_found");
  }

  @Test
  void theBeginningOfThePromptStaysTheSameUntilTheNextSummary() {
    String session = http.post("/v1/sessions", "{}").json().path("id").asText();
    List<String> before = List.of();
    int changes = 0;
    for (int turn = 1; turn <= 120; turn++) {
      say(session, "Tell me more about " + turn);
      List<String> now = sent();
      boolean same = now.size() > before.size() && now.subList(0, before.size()).equals(before);
      changes += same ? 0 : 1;
      before = now;
    }
    assertThat(changes).as("of 120").isBetween(1, 12);
  }

  @Test
  void packedMessagesAreReadAsBeforeAndCallsGetTheNewest() {
    http.close();
    gateway.close();
    start("lz4");
    String session = http.post("/v1/sessions", "{}").json().path("id").asText();
    for (int turn = 1; turn <= 120; turn++) {
      say(session, "Tell me more about number " + turn + " of the list, please.");
    }
    Until.holds(PATIENCE, "messages are packed", () -> metric("saved_bytes") > 1000);
    List<String> texts = new ArrayList<>();
    String path = "/v1/sessions/" + session + "/messages?role=user&limit=100";
    http.get(path).json().path("data").forEach(each -> texts.add(each.path("content").asText()));
    assertThat(texts)
        .hasSize(100)
        .first()
        .isEqualTo("Tell me more about number 1 of the list, please.");
    say(session, "and now?");
    assertThat(sent()).contains("Tell me more about number 118 of the list, please.");
    assertThat(sent().getFirst()).startsWith("Tell me more about number");
    assertThat(summary(session).status()).isEqualTo(404);
    http.close();
    gateway.close();
    start("off");
    assertThat(http.get(path + "&q=number%207%20of").json().path("data")).hasSize(1);
  }

  private double metric(String end) {
    return http.get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("serai_session_compression_" + end))
        .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
        .findFirst()
        .orElse(0);
  }
}

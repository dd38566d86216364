package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.SummaryProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model writes the summaries of long sessions, with calls of its own. */
class SummaryModelTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String SHOP = "shop-0123456789abcdef";
  private static final String BOSS = "boss-0123456789abcdef";

  private static final String SETTINGS =
      """
      auth:
        keys:
          - {name: shop, key: %s, role: user, tenant: shop}
          - {name: boss, key: %s, role: admin, tenant: house}
      providers:
        openai: {models: [{name: writer, cost_per_input: 10, cost_per_output: 10}]}
      privacy: {action: mask, kinds: [email]}
      guards:
        words: {kind: content, on: [input], patterns: [forbidden]}
      state:
        sessions:
          max_context_tokens: 1000
          compression: {mode: %s, model: openai/%s}
      """;

  @TempDir Path folder;
  private final SummaryProvider provider = SummaryProvider.start();
  private RunningGateway gateway;
  private Caller http;

  private void start(String mode, String model) {
    gateway =
        RunningGateway.in(folder)
            .providersAt(provider.url())
            .settings(SETTINGS.formatted(SHOP, BOSS, mode, model))
            .start();
    http = new Caller(gateway.url());
  }

  @AfterEach
  void stop() {
    http.close();
    gateway.close();
    provider.close();
  }

  private Caller.Reply send(String method, String path, String body) {
    return http.send(method, path, SHOP, body);
  }

  private String session() {
    return send("POST", "/v1/sessions", "{}").json().path("id").asText();
  }

  private Caller.Reply chat(String session, String text) {
    String body =
        "{\"model\":\"openai/talker\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
            .formatted(text);
    return http.send(
        http.to("/v1/chat/completions", body.getBytes(UTF_8))
            .header("x-serai-session", session)
            .header("x-api-key", SHOP));
  }

  private void say(String session, String text) {
    Caller.Reply reply = chat(session, text);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
  }

  private void talk(String session, int turns) {
    for (int i = 0; i < turns; i++) {
      say(session, "tell me more, " + "please ".repeat(20) + i);
    }
  }

  private JsonNode summary(String session) {
    return send("GET", "/v1/sessions/" + session + "/summary", "").json();
  }

  private void awaitSummary(String session, int messages) {
    Until.holds(PATIENCE, "a summary", () -> summary(session).path("messages").asInt() >= messages);
  }

  private String sentFirst() {
    return provider.asked().getLast().at("/messages/0/content").asText();
  }

  private String metric(String outcome) {
    return http.send("GET", "/metrics", BOSS, "")
        .body()
        .lines()
        .filter(line -> line.startsWith("serai_session_compressions_total{outcome=\"" + outcome))
        .findFirst()
        .orElse("");
  }

  @Test
  void factsStayInWhatTheModelWritesFromOneSummaryToTheNext() {
    start("summarise", "writer");
    String session = session();
    List<String> facts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      facts.add("fact " + i + " is " + "abcdefghij".charAt(i % 10) + i);
      say(session, facts.getLast());
      talk(session, 4);
    }
    awaitSummary(session, 150);
    say(session, "and now?");
    assertThat(facts.stream().filter(fact -> sentFirst().contains(fact + "\n")).count())
        .as("of 20; what the script of the provider keeps is all there")
        .isGreaterThanOrEqualTo(15);
    assertThat(sentFirst())
        .startsWith("Summary of the earlier messages of this conversation.\n\nW");
    JsonNode last = provider.written().getLast();
    assertThat(last.at("/messages/0/content").asText()).contains("at most 125 words");
    assertThat(last.at("/messages/1/content").asText())
        .startsWith("The summary so far:\nWritten. ")
        .contains("The conversation:\nuser: ");
    assertThat(summary(session).path("mode").asText()).isEqualTo("summarise");
    assertThat(summary(session).at("/key_information/key_points")).isEmpty();
  }

  @Test
  void theTenantOfTheSessionPaysAndPersonalDataIsMasked() {
    start("summarise", "writer");
    String session = session();
    say(session, "fact: I am ann@example.com");
    talk(session, 20);
    awaitSummary(session, 1);
    String asked = provider.written().getFirst().at("/messages/1/content").asText();
    assertThat(asked).contains("fact: I am").doesNotContain("ann@example.com");
    assertThat(summary(session).path("text").asText()).contains("fact: I am ann@example.com");
    JsonNode rows =
        http.send("GET", "/v1/usage?tenant=shop&task_type=summarise", BOSS, "").json().path("data");
    assertThat(rows.at("/0/model").asText()).isEqualTo("writer");
    assertThat(rows.at("/0/cost").doubleValue()).isPositive();
  }

  @Test
  void callsAreAnsweredWhileTheModelIsStillWriting() {
    start("summarise", "writer");
    String session = session();
    provider.hold();
    talk(session, 30);
    assertThat(provider.written()).as("once at a time").hasSize(1);
    assertThat(summary(session).at("/error/code").asText()).isEqualTo("summary_not_found");
    provider.release();
    awaitSummary(session, 1);
    assertThat(send("DELETE", "/v1/sessions/" + session, "").status()).isEqualTo(200);
  }

  @Test
  void aSummaryOfASessionThatWasDeletedMeanwhileIsNotStored() {
    start("summarise", "writer");
    String session = session();
    provider.hold();
    talk(session, 20);
    Until.holds(PATIENCE, "the model is asked", () -> provider.written().size() == 1);
    send("DELETE", "/v1/sessions/" + session, "");
    provider.release();
    Until.holds(PATIENCE, "it is over", () -> metric("unchanged").endsWith(" 1.0"));
    assertThat(summary(session).at("/error/code").asText()).isEqualTo("session_not_found");
  }

  @Test
  void withoutTheModelHybridFindsKeyInformationAndSummariseWaitsAMinute() {
    start("hybrid", "broken");
    String session = session();
    say(session, "My locker has the code QX7-4431.");
    talk(session, 20);
    awaitSummary(session, 1);
    assertThat(summary(session).path("mode").asText()).isEqualTo("key_information");
    assertThat(summary(session).path("text").asText()).contains("QX7-4431");
    stopGateway();
    start("summarise", "broken");
    String other = session();
    talk(other, 20);
    Until.holds(PATIENCE, "it fails", () -> metric("failed").endsWith(" 1.0"));
    int asked = provider.written().size();
    talk(other, 3);
    Until.holds(PATIENCE, "it is skipped", () -> !metric("skipped").endsWith(" 0.0"));
    assertThat(provider.written()).hasSize(asked);
    assertThat(summary(other).at("/error/code").asText()).isEqualTo("summary_not_found");
  }

  private void stopGateway() {
    http.close();
    gateway.close();
  }

  @Test
  void whatAGuardBlocksIsNotSentToTheModel() {
    start("summarise", "writer");
    String session = session();
    for (int i = 0; i < 30; i++) {
      String text = i == 3 ? "forbidden" : "please ".repeat(20) + i;
      send("POST", "/v1/sessions/" + session + "/messages", "{\"content\":\"" + text + "\"}");
    }
    say(session, "and now?"); // the call gets the newest messages only
    Until.holds(PATIENCE, "it fails", () -> metric("failed").endsWith(" 1.0"));
    assertThat(provider.written()).isEmpty();
  }
}

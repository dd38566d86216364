package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.background.BackgroundThread;
import dev.serai.e2e.provider.CassetteServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways on one PostgreSQL: feedback on calls of the one is given to the other. */
class FeedbackTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int DRAWS = 40;

  private static final String SETTINGS =
      """
      providers:
        poor: {kind: openai-compatible, base_url: "%2$s/v1", api_key: %1$s, models: [text]}
        good: {kind: openai-compatible, base_url: "%2$s/v1", api_key: %1$s, models: [text]}
      models:
        smart: {targets: [poor/text, good/text], strategy: bandit}
        fixed: {targets: [poor/text, good/text]}
      routing:
        bandit: {reward: {success: 0.1, quality: 0.9, speed: 0}}
      auth:
        keys:
          - {name: shop, key: shop-0123456789abcdef, role: user, tenant: shop}
          - {name: desk, key: desk-0123456789abcdef, role: user, tenant: shop}
          - {name: mill, key: mill-0123456789abcdef, role: user, tenant: mill}
          - {name: boss, key: boss-0123456789abcdef, role: admin, tenant: house}
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
  void aBanditTurnsToTheTargetWhoseResponsesAreRatedBetterInBothGateways() {
    for (int i = 0; i < 60; i++) {
      Caller.Reply reply = chat("smart", "shop");
      double score = reply.header("x-serai-provider").equals("good") ? 1 : 0;
      Caller.Reply rated = rate(other, "shop", id(reply), "\"score\": " + score);
      assertThat(rated.status()).as(rated.body()).isEqualTo(200);
      assertThat(rated.json().path("learned").asBoolean()).isTrue();
    }
    List<BackgroundThread> threads = List.of(thread(one), thread(other));
    for (RunningGateway gateway : List.of(one, other)) {
      Until.holds(
          PATIENCE,
          "it prefers the better one",
          () -> {
            threads.forEach(BackgroundThread::unpark); // or the next exchange is in 30 s
            return drawsOfThePoor(gateway) <= DRAWS / 5;
          });
    }
  }

  @Test
  void aCallOfAnotherTenantIsAsUnknownAsNone() {
    String id = id(chat("smart", "shop"));
    Caller.Reply theirs = rate(one, "mill", id, "\"score\": 0");
    Caller.Reply none = rate(one, "mill", "no-such-call", "\"score\": 0");
    assertThat(theirs.status()).isEqualTo(404);
    assertThat(theirs.json().at("/error/code").asText()).isEqualTo("usage_not_found");
    assertThat(theirs.json()).isEqualTo(none.json());
    assertThat(rate(one, "desk", id, "\"score\": 0.5").status()).as("of its tenant").isEqualTo(200);
    assertThat(rate(one, "boss", id, "\"score\": 0.5").status()).as("an admin").isEqualTo(200);
  }

  @Test
  void nothingIsLearnedFromAMetricOrACallThatNoBanditHasChosen() {
    String fixed = id(chat("fixed", "shop"));
    JsonNode rated = rate(one, "shop", fixed, "\"score\": 0.1, \"comment\": \"wrong city\"").json();
    assertThat(rated.path("learned").asBoolean(true)).isFalse();
    assertThat(rated.path("comment").asText()).isEqualTo("wrong city");
    String drawn = id(chat("smart", "shop"));
    JsonNode metric =
        rate(one, "shop", drawn, "\"metric\": {\"name\": \"saved\", \"value\": -42.5}").json();
    assertThat(metric.path("learned").asBoolean(true)).isFalse();
    assertThat(metric.at("/metric/value").asDouble()).isEqualTo(-42.5);
  }

  @Test
  void feedbackIsListedForItsTenant() {
    String id = id(chat("fixed", "mill"));
    assertThat(rate(one, "mill", id, "\"score\": 0.25").status()).isEqualTo(200);
    assertThat(rate(one, "mill", id, "\"score\": 0.5").status()).isEqualTo(200);
    JsonNode mine = list("mill", "").json();
    assertThat(mine.path("data")).as("the second one replaced the first").hasSize(1);
    assertThat(mine.at("/data/0/request_id").asText()).isEqualTo(id);
    assertThat(mine.at("/data/0/score").asDouble()).isEqualTo(0.5);
    assertThat(list("mill", "?tenant=shop").status()).isEqualTo(403);
    assertThat(list("boss", "?tenant=mill").json().path("data")).hasSize(1);
  }

  @Test
  void aHundredClientsAtOnceMayRateACall() throws Exception {
    String id = id(chat("fixed", "shop"));
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> statuses = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        statuses.add(clients.submit(() -> rate(one, "shop", id, "\"score\": 1").status()));
      }
      for (Future<Integer> status : statuses) {
        assertThat(status.get()).isEqualTo(200);
      }
    }
  }

  @Test
  void whatIsWrongIsNamed() {
    for (String wrong :
        List.of(
            "\"score\": 1.5",
            "\"score\": \"good\"",
            "\"comment\": \"neither\"",
            "\"score\": 1, \"metric\": {\"name\": \"a\", \"value\": 1}",
            "\"metric\": {\"name\": \"a\"}",
            "\"metric\": {\"name\": \"a\", \"value\": 1, \"unit\": \"s\"}",
            "\"score\": 1, \"rating\": 5",
            "\"score\": 1, \"comment\": \"" + "x".repeat(2_001) + "\"")) {
      Caller.Reply refused = rate(one, "shop", "any", wrong);
      assertThat(refused.status()).as(wrong).isEqualTo(400);
      assertThat(refused.json().at("/error/message").asText()).as(wrong).isNotEmpty();
    }
    assertThat(rate(one, "shop", "", "\"score\": 1").status()).isEqualTo(400);
  }

  private static Caller.Reply chat(String model, String key) {
    String body =
        "{\"model\": \""
            + model
            + "\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}";
    Caller.Reply reply = send(one, key, "/v1/chat/completions", body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply;
  }

  /** The ID of a call, once its row is in the database, where the other gateway finds it. */
  private static String id(Caller.Reply reply) {
    String id = reply.header("x-request-id");
    assertThat(get("boss", "/v1/usage/" + id).status()).isEqualTo(200);
    return id;
  }

  private static Caller.Reply rate(RunningGateway at, String key, String id, String members) {
    return send(at, key, "/v1/feedback", "{\"request_id\": \"" + id + "\", " + members + "}");
  }

  private static Caller.Reply list(String key, String query) {
    return get(key, "/v1/feedback" + query);
  }

  private static Caller.Reply get(String key, String path) {
    return http.send(
        HttpRequest.newBuilder(URI.create(one.url() + path))
            .header("x-api-key", key + "-0123456789abcdef"));
  }

  private static Caller.Reply send(RunningGateway at, String key, String path, String body) {
    try (Caller caller = new Caller(at.url())) {
      return caller.send(
          caller.to(path, body.getBytes(UTF_8)).header("x-api-key", key + "-0123456789abcdef"));
    }
  }

  private static BackgroundThread thread(RunningGateway gateway) {
    List<BackgroundThread> all = new ArrayList<>();
    gateway.threads().observe(all::add);
    return all.stream().filter(each -> each.name().equals("bandits")).findFirst().orElseThrow();
  }

  /** How often the target with the poor responses would be asked first. */
  private static int drawsOfThePoor(RunningGateway gateway) {
    String body =
        "{\"model\": \"smart\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}";
    int poor = 0;
    for (int i = 0; i < DRAWS; i++) {
      Caller.Reply reply = send(gateway, "shop", "/v1/routes/explain", body);
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      poor += reply.json().at("/candidates/0/provider").asText().equals("poor") ? 1 : 0;
    }
    return poor;
  }
}

package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that are sent again to calls that ask for the same. */
class ResponseCacheTest {
  private static final String SHOP = "shop-0123456789abcdef";
  private static final String POOR = "poor-0123456789abcdef";
  private static final String OTHER = "other-0123456789abcde";
  private static final String ADMIN = "admin-0123456789abcdef";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String SETTINGS =
      """
      auth:
        keys:
          - {name: shop, key: %s, role: developer, tenant: shop}
          - {name: poor, key: %s, role: developer, tenant: shop}
          - {name: other, key: %s, role: developer, tenant: other}
          - {name: boss, key: %s, role: admin, tenant: shop}
      providers:
        openai:
          models:
            - {name: text, cost_per_input: 10, cost_per_output: 10}
            - {name: gated-3x0, cost_per_input: 10, cost_per_output: 10}
      budgets:
        shop: {scope: tenant, value: shop, limit: 100, period: total, allow_unpriced: true}
        poor: {scope: key, tenant: shop, value: poor, limit: 0.000000001, period: total, fallback_model: ollama/text}
      """
          .formatted(SHOP, POOR, OTHER, ADMIN);

  @TempDir static Path folder;
  private static Served<CassetteServer> served;
  private static int texts;

  @BeforeAll
  static void start() {
    served = Served.byCassettes(folder, SETTINGS);
  }

  @AfterAll
  static void stop() throws Exception {
    served.close();
  }

  @BeforeEach
  void forget() {
    served.provider().forget();
    texts++;
  }

  /** A body that no other test sends. */
  private static String body(boolean stream, String more) {
    return "{\"model\": \"openai/text\", \"stream\": %s, \"messages\": [{\"role\": \"user\", \"content\": \"%d\"}]%s}"
        .formatted(stream, texts, more);
  }

  private static Caller.Reply send(String key, String mode, String path, String body) {
    HttpRequest.Builder request =
        served
            .http()
            .to(path, body.getBytes(UTF_8))
            .header("authorization", "Bearer " + key)
            .header("anthropic-version", "2023-06-01");
    return served.http().send(mode.isEmpty() ? request : request.header("x-serai-cache", mode));
  }

  private static Caller.Reply chat(String key, String mode, String body) {
    Caller.Reply reply = send(key, mode, "/v1/chat/completions", body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply;
  }

  private static int asked() {
    return served.provider().received().size();
  }

  @Test
  void aCallThatAsksForTheSameGetsTheStoredResponseAndCostsNothing() {
    Caller.Reply first = chat(SHOP, "read_write", body(false, ""));
    assertThat(first.header("x-serai-cache")).isEqualTo("miss");
    assertThat(first.header("x-serai-provider")).isEqualTo("openai");
    double saved = metric("serai_cache_saved_usd_total");
    Caller.Reply second = chat(SHOP, "read_write", body(false, ""));
    assertThat(second.header("x-serai-cache")).isEqualTo("hit");
    assertThat(second.header("x-serai-provider")).isEqualTo("cache");
    assertThat(second.header("x-serai-model")).isEqualTo("openai/text");
    assertThat(text(second)).isEqualTo(text(first)).isNotEmpty();
    assertThat(second.json().at("/usage/total_tokens"))
        .isEqualTo(first.json().at("/usage/total_tokens"));
    assertThat(asked()).isEqualTo(1);
    assertThat(metric("serai_cache_saved_usd_total")).isGreaterThan(saved);

    Until.holds(
        PATIENCE,
        "its row",
        () -> row().path("request_id").asText().equals(second.header("x-request-id")));
    assertThat(row().path("provider").asText()).as(row().toString()).isEqualTo("cache");
    assertThat(row().path("cost").doubleValue()).isZero();
    assertThat(row().path("input_tokens").asInt()).isZero();
    JsonNode account = served.get(ADMIN, "/v1/budgets/shop").json().path("accounts").path(0);
    assertThat(account.path("held").doubleValue()).isZero();
  }

  private static JsonNode row() {
    return served.get(ADMIN, "/v1/usage?tenant=shop").json().path("data").path(0);
  }

  private static double metric(String name) {
    return served.metric(ADMIN, name);
  }

  private static String text(Caller.Reply reply) {
    return reply.json().at("/choices/0/message/content").asText();
  }

  @Test
  void withoutBeingAskedForNothingIsStored() {
    assertThat(chat(SHOP, "", body(false, "")).headers().firstValue("x-serai-cache")).isEmpty();
    chat(SHOP, "off", body(false, ""));
    assertThat(chat(SHOP, "read", body(false, "")).header("x-serai-cache")).isEqualTo("miss");
    assertThat(chat(SHOP, "read", body(false, "")).header("x-serai-cache")).isEqualTo("miss");
    assertThat(asked()).isEqualTo(4);
  }

  @Test
  void aCallThatOnlyWritesIsNotServedByTheCache() {
    chat(SHOP, "write", body(false, ""));
    assertThat(chat(SHOP, "write", body(false, "")).headers().firstValue("x-serai-cache"))
        .isEmpty();
    assertThat(asked()).isEqualTo(2);
    assertThat(chat(SHOP, "read", body(false, "")).header("x-serai-cache")).isEqualTo("hit");
  }

  @Test
  void anotherTenantNeverGetsAStoredResponse() {
    chat(SHOP, "read_write", body(false, ""));
    assertThat(chat(OTHER, "read_write", body(false, "")).header("x-serai-cache"))
        .isEqualTo("miss");
    assertThat(asked()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hit  | , \"user\": \"ann\"",
        "hit  | ,   \"metadata\": {\"a\": \"b\"}",
        "miss | , \"temperature\": 0.5",
        "miss | , \"seed\": 7",
        "miss | , \"serai\": {\"routing\": {\"prefer_cheap\": true}}"
      })
  void onlyWhatDoesNotChangeTheResponseMayDiffer(String result, String more) {
    chat(SHOP, "read_write", body(false, ""));
    assertThat(chat(SHOP, "read", body(false, more)).header("x-serai-cache")).isEqualTo(result);
  }

  @Test
  void theOrderOfMembersDoesNotCount() {
    String one =
        "{\"model\":\"openai/text\",\"n\":1,\"messages\":[{\"role\":\"user\",\"content\":\"order\"}]}";
    String two =
        "{ \"messages\": [ {\"content\": \"order\", \"role\": \"user\"} ], \"n\": 1, \"model\":"
            + " \"openai/text\" }";
    chat(SHOP, "read_write", one);
    assertThat(chat(SHOP, "read", two).header("x-serai-cache")).isEqualTo("hit");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStreamAndAWholeResponseServeEachOther(boolean streamFirst) {
    Caller.Reply first = chat(SHOP, "read_write", body(streamFirst, ""));
    Caller.Reply second = chat(SHOP, "read_write", body(!streamFirst, ""));
    assertThat(second.header("x-serai-cache")).isEqualTo("hit");
    Caller.Reply streamed = streamFirst ? first : second;
    Caller.Reply whole = streamFirst ? second : first;
    assertThat(streamed.isFinished()).isTrue();
    assertThat(streamed.streamed()).isEqualTo(text(whole)).isNotEmpty();
    assertThat(asked()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/messages                             | \"model\": \"openai/text\", \"max_tokens\": 9,"
            + " \"messages\": [{\"role\": \"user\", \"content\": \"%d\"}]",
        "/v1/responses                            | \"model\": \"openai/text\", \"store\": false,"
            + " \"input\": \"%d\"",
        "/api/chat                                | \"model\": \"openai/text\", \"stream\": false,"
            + " \"messages\": [{\"role\": \"user\", \"content\": \"%d\"}]",
        "/v1/completions                          | \"model\": \"openai/text\", \"prompt\": \"%d\"",
        "/v1beta/models/openai/text:generateContent | \"contents\": [{\"parts\": [{\"text\":"
            + " \"%d\"}]}]"
      })
  void everySurfaceUsesIt(String path, String members) {
    String body = "{" + members.formatted(texts) + "}";
    Caller.Reply first = send(SHOP, "read_write", path, body);
    assertThat(first.status()).as(first.body()).isEqualTo(200);
    Caller.Reply second = send(SHOP, "read_write", path, body);
    assertThat(second.header("x-serai-cache")).as(second.body()).isEqualTo("hit");
    assertThat(asked()).isEqualTo(1);
  }

  @Test
  void aResponseThatIsStoredForLaterRequestsIsNotSentAgain() {
    String body = "{\"model\": \"openai/text\", \"input\": \"%d\"}".formatted(texts);
    send(SHOP, "read_write", "/v1/responses", body);
    assertThat(
            send(SHOP, "read_write", "/v1/responses", body).headers().firstValue("x-serai-cache"))
        .isEmpty();
    assertThat(asked()).isEqualTo(2);
  }

  @Test
  void theBodyMayAskForItAndAWrongModeIsRefused() {
    String own = ", \"serai\": {\"cache\": \"read_write\"}";
    chat(SHOP, "", body(false, own));
    assertThat(chat(SHOP, "", body(false, own)).header("x-serai-cache")).isEqualTo("hit");
    assertThat(chat(SHOP, "off", body(false, own)).headers().firstValue("x-serai-cache")).isEmpty();
    Caller.Reply wrong =
        send(SHOP, "", "/v1/chat/completions", body(false, ", \"serai\": {\"cache\": \"on\"}"));
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.json().at("/error/message").asText())
        .isEqualTo("'serai.cache' must be one of off, read, write, read_write, semantic.");
    assertThat(send(SHOP, "yes", "/v1/chat/completions", body(false, "")).status()).isEqualTo(400);
  }

  @Test
  void theResponseOfABudgetsFallbackModelDoesNotServeOthers() {
    Caller.Reply fallback = chat(POOR, "read_write", body(false, ""));
    assertThat(fallback.header("x-serai-provider")).isEqualTo("ollama");
    Caller.Reply asked = chat(SHOP, "read_write", body(false, ""));
    assertThat(asked.header("x-serai-cache")).isEqualTo("miss");
    assertThat(asked.header("x-serai-provider")).isEqualTo("openai");
  }

  @Test
  void aFailureIsNotStored() {
    String failing = body(false, "").replace("openai/text", "openai/error-400");
    assertThat(send(SHOP, "read_write", "/v1/chat/completions", failing).status()).isEqualTo(400);
    assertThat(send(SHOP, "read_write", "/v1/chat/completions", failing).status()).isEqualTo(400);
    assertThat(asked()).isEqualTo(2);
  }

  @Test
  void callsThatAskForTheSameAtOnceWaitForOneResponse() throws Exception {
    String gated = body(true, "").replace("openai/text", "openai/gated-3x0");
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Caller.Reply>> replies = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        replies.add(callers.submit(() -> chat(SHOP, "read_write", gated)));
      }
      Until.holds(PATIENCE, "the provider is asked", () -> asked() == 1);
      Until.holds(PATIENCE, "all calls have arrived", () -> metric("serai_in_flight") >= 20);
      served.provider().openGate();
      int hits = 0;
      for (Future<Caller.Reply> reply : replies) {
        hits += reply.get().header("x-serai-cache").equals("hit") ? 1 : 0;
      }
      assertThat(hits).isEqualTo(19);
    }
    assertThat(asked()).isEqualTo(1);
  }
}

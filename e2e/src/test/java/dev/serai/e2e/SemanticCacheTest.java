package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.WordEncoderProvider;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that are sent again to questions which mean the same. */
class SemanticCacheTest {
  private static final String SHOP = "shop-0123456789abcdef";
  private static final String OTHER = "other-0123456789abcde";
  private static final String ADMIN = "admin-0123456789abcdef";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String HIT = "semantic_hit; similarity=0.";

  private static final String SETTINGS =
      """
      cache:
        mode: semantic
        semantic: {embeddings: minilm, threshold: 0.7, time_limit: 3s}
      auth:
        keys:
          - {name: shop, key: %s, role: developer, tenant: shop}
          - {name: other, key: %s, role: developer, tenant: other}
          - {name: boss, key: %s, role: admin, tenant: shop}
      providers:
        openai:
          models:
            - {name: text, cost_per_input: 10, cost_per_output: 10}
      """
          .formatted(SHOP, OTHER, ADMIN);

  @TempDir static Path folder;
  private static Served<CassetteServer> served;
  private static int texts = 1_000;

  @BeforeAll
  static void start() {
    served = Served.byCassettes(folder, SETTINGS);
  }

  @AfterAll
  static void stop() throws Exception {
    WordEncoderProvider.goOn();
    served.close();
  }

  @BeforeEach
  void forget() {
    served.provider().forget();
    texts++;
  }

  /** A question that no other test asks, in one wording or another. */
  private static String question(boolean reworded) {
    return (reworded
            ? "Please tell me where the town hall of district %d is."
            : "Where is the town hall of district %d?")
        .formatted(texts);
  }

  private static String body(String question, boolean stream, String more) {
    return "{\"model\": \"openai/text\", \"stream\": %s, \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}]%s}"
        .formatted(stream, question, more);
  }

  private static Caller.Reply chat(String key, String mode, String body) {
    HttpRequest.Builder request =
        served
            .http()
            .to("/v1/chat/completions", body.getBytes(UTF_8))
            .header("authorization", "Bearer " + key);
    Caller.Reply reply =
        served.http().send(mode.isEmpty() ? request : request.header("x-serai-cache", mode));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply;
  }

  private static String asked(String key, String body) {
    return chat(key, "", body).header("x-serai-cache");
  }

  private static String store() {
    Caller.Reply first = chat(SHOP, "", body(question(false), false, ""));
    assertThat(first.header("x-serai-cache")).isEqualTo("miss");
    return first.json().at("/choices/0/message/content").asText();
  }

  @Test
  void aQuestionInOtherWordsGetsTheStoredResponseAndCostsNothing() {
    String text = store();
    double hits = metric("serai_cache_calls_total{result=\"semantic_hit\"}");
    double saved = metric("serai_cache_saved_usd_total");
    Caller.Reply second = chat(SHOP, "", body(question(true), false, ""));
    assertThat(second.header("x-serai-cache")).startsWith(HIT);
    assertThat(second.header("x-serai-provider")).isEqualTo("cache");
    assertThat(second.json().at("/choices/0/message/content").asText()).isEqualTo(text);
    assertThat(served.provider().received()).hasSize(1);
    assertThat(metric("serai_cache_calls_total{result=\"semantic_hit\"}")).isEqualTo(hits + 1);
    assertThat(metric("serai_cache_saved_usd_total")).isGreaterThan(saved);
    assertThat(asked(SHOP, body(question(false), false, ""))).isEqualTo("hit");
    Until.holds(
        PATIENCE,
        "its row",
        () -> row(second.header("x-request-id")).path("provider").asText().equals("cache"));
    assertThat(row(second.header("x-request-id")).path("cost").doubleValue()).isZero();
  }

  private static JsonNode row(String request) {
    for (JsonNode row : served.get(ADMIN, "/v1/usage?tenant=shop").json().path("data")) {
      if (row.path("request_id").asText().equals(request)) {
        return row;
      }
    }
    return MissingNode.getInstance();
  }

  private static double metric(String name) {
    return served.metric(ADMIN, name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Where is the town hall of district 7?",
        "Where is no town hall of district %d?",
        "Where is the town hall of District-%d?",
        "When is the town hall of district %d open?"
      })
  void anotherQuestionInNearlyTheSameWordsIsAMiss(String other) {
    store();
    assertThat(asked(SHOP, body(other.replace("%d", "" + texts), false, ""))).isEqualTo("miss");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hit  | , \"user\": \"ann\"",
        "miss | , \"seed\": 7",
        "miss | , \"temperature\": 0.4",
        "miss | , \"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"f\","
            + " \"parameters\": {}}}]",
        "miss | , \"serai\": {\"routing\": {\"prefer_cheap\": true}}"
      })
  void onlyTheQuestionMayDiffer(String result, String more) {
    store();
    assertThat(asked(SHOP, body(question(true), false, more)))
        .startsWith(result.equals("hit") ? HIT : "miss");
  }

  @Test
  void anotherTenantSystemPromptOrEarlierTurnIsAMiss() {
    store();
    assertThat(asked(OTHER, body(question(true), false, ""))).isEqualTo("miss");
    String message = "{\"role\": \"user\"";
    for (String before :
        new String[] {
          "{\"role\": \"system\", \"content\": \"Be brief.\"}, ",
          "{\"role\": \"user\", \"content\": \"Hi\"}, {\"role\": \"assistant\", \"content\":"
              + " \"Yes?\"}, "
        }) {
      String longer = body(question(true), false, "").replace(message, before + message);
      assertThat(asked(SHOP, longer)).isEqualTo("miss");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStreamAndAWholeResponseServeEachOther(boolean streamFirst) {
    chat(SHOP, "", body(question(false), streamFirst, ""));
    Caller.Reply second = chat(SHOP, "", body(question(true), !streamFirst, ""));
    assertThat(second.header("x-serai-cache")).startsWith(HIT);
    if (!streamFirst) {
      assertThat(second.isFinished()).isTrue();
      assertThat(second.streamed()).isNotEmpty();
    }
  }

  @Test
  void aHighTemperatureIsComparedOnlyIfTheCallAsksForIt() {
    String hot = ", \"temperature\": 0.9";
    assertThat(asked(SHOP, body(question(false), false, hot))).isEqualTo("miss");
    assertThat(asked(SHOP, body(question(true), false, hot))).isEqualTo("miss");
    texts++;
    chat(SHOP, "semantic", body(question(false), false, hot));
    Caller.Reply asking = chat(SHOP, "semantic", body(question(true), false, hot));
    assertThat(asking.header("x-serai-cache")).startsWith(HIT);
  }

  @Test
  void aCallWithAnotherModeIsNotCompared() {
    store();
    String reworded = body(question(true), false, "");
    assertThat(chat(SHOP, "read", reworded).header("x-serai-cache")).isEqualTo("miss");
    assertThat(chat(SHOP, "off", reworded).headers().firstValue("x-serai-cache")).isEmpty();
    String own = body(question(true), false, ", \"serai\": {\"cache\": \"read_write\"}");
    assertThat(asked(SHOP, own)).isEqualTo("miss");
  }

  @Test
  void aCallGoesOnWithoutAnEmbeddingThatIsLateAndItsQuestionIsRememberedAfterwards() {
    String late = "How slowly does river %d flow?".formatted(texts);
    assertThat(asked(SHOP, body(late, false, ""))).isEqualTo("miss");
    assertThat(served.provider().received()).hasSize(1);
    WordEncoderProvider.goOn();
    Until.holds(PATIENCE, "it is computed", () -> metric("serai_embeddings_waiting") == 0);
    store(); // whose embedding the same thread computes, after the other one is remembered
    String reworded = "Tell me how slowly river %d does flow?".formatted(texts);
    assertThat(asked(SHOP, body(reworded, true, ""))).startsWith(HIT);
  }

  @Test
  void randomCallsNeverGetTheResponseOfAnotherTenant() {
    Random random = new Random(2026);
    boolean[][] known = new boolean[2][10];
    int hits = 0;
    int first = 50_000;
    for (int call = 0; call < 300; call++) {
      int tenant = random.nextInt(2);
      int number = random.nextInt(10);
      texts = first + number;
      String result =
          asked(tenant == 0 ? SHOP : OTHER, body(question(random.nextBoolean()), false, ""));
      assertThat(result.equals("miss")).as(result).isEqualTo(!known[tenant][number]);
      hits += result.startsWith(HIT) ? 1 : 0;
      known[tenant][number] = true;
    }
    texts = first + 10;
    assertThat(hits).isGreaterThan(10);
    assertThat(served.provider().received()).hasSizeLessThanOrEqualTo(20);
  }
}

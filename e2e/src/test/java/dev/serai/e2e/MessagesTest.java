package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code POST /api/v1/messages}: the default model answers one message of a session. */
class MessagesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String PATH = "/api/v1/messages";

  @TempDir Path folder;
  private final CassetteServer provider = CassetteServer.start();
  private RunningGateway gateway;
  private Caller http;

  @BeforeEach
  void start() {
    start("openai/text", "");
  }

  private void start(String model, String settings) {
    RunningGateway.Plan plan = RunningGateway.in(folder).providersAt(provider.url());
    gateway = plan.with("DEFAULT_MODEL", model).settings(settings).start();
    http = new Caller(gateway.url());
  }

  private void restart(String model, String settings) {
    end();
    start(model, settings);
  }

  private void end() {
    http.close();
    gateway.close();
  }

  @AfterEach
  void stop() {
    end();
    provider.close();
  }

  private Caller.Reply post(String session, String content) {
    return post(PATH, session, content);
  }

  private Caller.Reply post(String path, String session, String content) {
    return http.post(path, "{\"session_id\":\"" + session + "\",\"content\":\"" + content + "\"}");
  }

  private JsonNode stored(String session) {
    return http.get("/api/v1/sessions/" + session + "/messages").json();
  }

  private List<String> texts(String session) {
    return stored(session).valueStream().map(one -> one.path("content").asText()).toList();
  }

  private String told() {
    return new String(provider.received().getLast().body(), UTF_8);
  }

  private int sessions() {
    return http.get("/api/v1/sessions").json().size();
  }

  @Test
  void aMessageWithoutASessionBeginsOneAndTheReplyIsAsItIsStored() {
    Caller.Reply reply =
        http.post(PATH, "{\"content\":\"first\",\"metadata\":{\"tags\": {\"n\": 1.50}}}");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    JsonNode said = reply.json();
    assertThat(said.properties().stream().map(Map.Entry::getKey))
        .containsExactly("id", "type", "role", "content", "session_id", "timestamp", "metadata");
    assertThat(said.path("content").asText()).isEqualTo(ClientSettings.HELLO);
    String session = said.path("session_id").asText();
    assertThat(session).startsWith("sess_");
    assertThat(reply.header("x-serai-session")).isEqualTo(session);
    JsonNode messages = stored(session);
    assertThat(messages).hasSize(2);
    assertThat(messages.get(1)).isEqualTo(said);
    assertThat(messages.at("/0/role").asText()).isEqualTo("user");
    assertThat(messages.at("/0/metadata/tags/n").asDouble()).isEqualTo(1.5);
    assertThat(told()).doesNotContain("1.50", "sess_");
    Caller.Reply usage = http.get("/v1/usage?session=" + session);
    assertThat(usage.body()).contains(session);
  }

  @Test
  void aModelThatSaysNothingHasNoMessageAndSoNoId() {
    restart("openai/empty", "");
    JsonNode said = post("", "first").json();
    assertThat(said.path("id").asText("none")).isEmpty();
    assertThat(said.path("content").asText("none")).isEmpty();
    assertThat(texts(said.path("session_id").asText())).containsExactly("first");
  }

  @Test
  void aSecondMessageRemembersTheFirstAndSoDoesOneAfterARestart() {
    String session = post("", "one").json().path("session_id").asText();
    assertThat(post(session, "two").status()).isEqualTo(200);
    assertThat(told()).contains("one", "Hello, w", "two");
    restart("anthropic/text", "");
    Caller.Reply third = post(PATH + "/stream", session, "three");
    assertThat(third.status()).as(third.body()).isEqualTo(200);
    assertThat(told()).contains("one", "two", "three");
    assertThat(texts(session)).hasSize(6).contains("one", "two", "three");
  }

  @Test
  void aStreamHasTheTextAndEndsWithDone() {
    Caller.Reply reply = http.post(PATH + "/stream", "{\"content\":\"hi\"}");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.header("content-type")).startsWith("text/event-stream");
    List<String> events = reply.events();
    assertThat(events.removeLast()).isEqualTo("[DONE]");
    assertThat(events).hasSizeGreaterThan(1);
    assertThat(String.join("", events)).isEqualTo(ClientSettings.HELLO);
    String session = reply.header("x-serai-session");
    assertThat(texts(session)).containsExactly("hi", ClientSettings.HELLO);
  }

  @Test
  void aStreamThatIsCutEndsWithAnErrorAndItsMessageIsPartial() {
    restart("openai/fin-mid-stream", "");
    Caller.Reply reply = http.post(PATH + "/stream", "{\"content\":\"cut\"}");
    assertThat(reply.status()).isEqualTo(200);
    String last = reply.events().getLast();
    assertThat(Caller.parse(last).path("error").asText()).as(last).isNotEmpty();
    assertThat(reply.body()).doesNotContain("[DONE]");
    String session = reply.header("x-serai-session");
    JsonNode messages = http.get("/v1/sessions/" + session + "/messages").json().path("data");
    assertThat(messages).hasSize(2);
    assertThat(messages.at("/1/partial").asBoolean()).isTrue();
  }

  @Test
  void whatAClientGotBeforeItWentAwayIsStored() throws IOException {
    restart("openai/long-stream", "");
    byte[] body = "{\"content\":\"gone\"}".getBytes(UTF_8);
    try (InputStream stream = http.open(http.to(PATH + "/stream", body))) {
      assertThat(stream.read(new byte[400])).isPositive();
    }
    Until.holds(PATIENCE, "the turn", () -> sessions() == 1 && texts(only()).size() == 2);
    assertThat(texts(only())).startsWith("gone");
  }

  private String only() {
    return http.get("/api/v1/sessions").json().at("/0/id").asText();
  }

  @Test
  void aFailureBeforeTheFirstTokenHasItsStatusAndLeavesNoSession() {
    restart("openai/error-400", "");
    List<Caller.Reply> replies = new ArrayList<>();
    for (String path : new String[] {PATH, PATH + "/stream"}) {
      replies.add(http.post(path, "{\"content\":\"x\"}"));
    }
    for (Caller.Reply reply : replies) {
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.json().properties()).hasSize(1);
      assertThat(reply.json().path("detail").asText()).isNotEmpty();
    }
    Until.holds(PATIENCE, "no session", () -> sessions() == 0);
  }

  @Test
  void anUnknownSessionIsNotFoundWhateverItsForm() {
    for (String unknown : new String[] {"sess_" + "0".repeat(32), "mine"}) {
      for (String path : new String[] {PATH, PATH + "/stream"}) {
        Caller.Reply reply = post(path, unknown, "x");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).isEqualTo("{\"detail\":\"Session " + unknown + " not found\"}");
      }
    }
    assertThat(provider.received()).isEmpty();
  }

  @Test
  void aWrongMessageIsRefusedWithWhatIsWrong() {
    wrong(400, "{}", "'content' must be");
    wrong(400, "{\"content\":\" \"}", "'content' must be");
    wrong(400, "{\"content\":[\"x\"]}", "'content' must be a text");
    wrong(400, "{\"content\":\"x\",\"role\":\"assistant\"}", "'role' must be user");
    wrong(400, "{\"content\":\"x\",\"message_type\":\"image\"}", "'message_type' must be text");
    wrong(400, "{\"content\":\"x\",\"metadata\":[]}", "'metadata' must be an object");
    wrong(400, "{\"content\":", "JSON");
    wrong(413, "{\"content\":\"" + "x".repeat(1024 * 1024 + 1) + "\"}", "at most 1048576 bytes");
    assertThat(sessions()).isZero();
    assertThat(provider.received()).isEmpty();
  }

  private void wrong(int status, String body, String said) {
    Caller.Reply reply = http.post(PATH, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.json().path("detail").asText()).contains(said);
  }

  @Test
  void itIsACallLikeEveryOtherWithKeysLimitsAndGuards() {
    restart(
        "openai/text",
        """
        guards:
          refused: {kind: content, on: [input], patterns: [forbidden]}
        auth:
          keys:
            - {name: shop, key: shop-0123456789abcdef, role: user, tenant: shop, limits: {requests_per_day: 2}}
            - {name: till, key: till-0123456789abcdef, role: user, tenant: shop}
            - {name: eyes, key: eyes-0123456789abcdef, role: readonly, tenant: shop}
        """);
    assertThat(as("unknown", "", "x").status()).isEqualTo(401);
    assertThat(as("eyes", "", "x").status()).isEqualTo(403);
    Caller.Reply begun = as("shop", "", "mine");
    assertThat(begun.status()).as(begun.body()).isEqualTo(200);
    String session = begun.json().path("session_id").asText();
    assertThat(as("till", session, "steal").status()).isEqualTo(404);
    assertThat(as("till", "", "forbidden").status()).isEqualTo(400);
    assertThat(as("shop", session, "again").status()).isEqualTo(200);
    Caller.Reply limited = as("shop", session, "more");
    assertThat(limited.status()).isEqualTo(429);
    assertThat(limited.json().path("detail").asText()).isNotEmpty();
  }

  @Test
  void aStoredKeyKeepsItsSessionsWhateverItsNameAndAnotherKeyDoesNotGetThem() {
    restart(
        "openai/text",
        """
        auth:
          keys:
            - {name: desk, key: desk-0123456789abcdef, role: admin}
        """);
    JsonNode phone = desk("POST", "/v1/keys", "{\"name\":\"phone\",\"role\":\"user\"}");
    String key = "/v1/keys/" + phone.at("/data/id").asText();
    Caller.Reply made = http.send("POST", PATH, phone.path("key").asText(), "{\"content\":\"x\"}");
    assertThat(made.status()).as(made.body()).isEqualTo(200);
    String session = "/api/v1/sessions/" + made.json().path("session_id").asText();
    String rotated = desk("POST", key + "/rotate", "{}").path("key").asText();
    assertThat(http.send("GET", session, rotated, "").status()).isEqualTo(200);
    desk("PATCH", key, "{\"name\":\"tablet\"}");
    assertThat(http.send("GET", session, rotated, "").status()).isEqualTo(200);
    JsonNode next = desk("POST", "/v1/keys", "{\"name\":\"phone\",\"role\":\"user\"}");
    assertThat(http.send("GET", session, next.path("key").asText(), "").status()).isEqualTo(404);
  }

  private JsonNode desk(String method, String path, String body) {
    Caller.Reply reply = http.send(method, path, "desk-0123456789abcdef", body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private Caller.Reply as(String key, String session, String content) {
    String body = "{\"session_id\":\"" + session + "\",\"content\":\"" + content + "\"}";
    return http.send("POST", PATH, key + "-0123456789abcdef", body);
  }
}

package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls go on with a stored session, on every surface, through every gateway, after a restart. */
class SessionCallsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String HELLO = "Hello, wörld 👋! 日本.";

  private static final String TOOLS =
      "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\","
          + "\"parameters\":{\"type\":\"object\"}}}],";

  @TempDir Path folder;
  private final CassetteServer provider = CassetteServer.start();
  private RunningGateway gateway;
  private Caller http;

  @BeforeEach
  void start() {
    gateway = RunningGateway.in(folder).providersAt(provider.url()).start();
    http = new Caller(gateway.url());
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

  private String session() {
    return http.post("/v1/sessions", "{}").json().path("id").asText();
  }

  private Caller.Reply chat(String session, String model, String more) {
    return http.post(
        "/v1/chat/completions",
        "{\"model\":\"" + model + "\",\"session_id\":\"" + session + "\"," + more + "}");
  }

  private static String says(String text) {
    return "\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]";
  }

  private String told() {
    return new String(provider.received().getLast().body(), StandardCharsets.UTF_8);
  }

  private List<JsonNode> messages(String session) {
    List<JsonNode> messages = new ArrayList<>();
    http.get("/v1/sessions/" + session + "/messages").json().path("data").forEach(messages::add);
    return messages;
  }

  private List<String> texts(String session) {
    return messages(session).stream().map(message -> message.path("content").asText()).toList();
  }

  private void awaitMessages(String session, int count) {
    Until.holds(PATIENCE, count + " messages", () -> messages(session).size() == count);
  }

  @Test
  void oneConversationGoesOnThroughEverySurfaceAndARestart() {
    String session = session();
    Map<String, String> bodies =
        Map.of(
            "/v1/chat/completions",
            "{\"model\":\"openai/text\",\"session_id\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"ask%d\"}]}",
            "/v1/messages",
            "{\"model\":\"anthropic/text\",\"max_tokens\":9,\"metadata\":{\"session_id\":\"%s\"},\"messages\":[{\"role\":\"user\",\"content\":\"ask%d\"}]}",
            "/v1/responses",
            "{\"model\":\"openai/text\",\"conversation\":{\"id\":\"%s\"},\"input\":\"ask%d\"}",
            "/api/chat",
            "{\"model\":\"ollama/text\",\"stream\":false,\"conversation_id\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"ask%d\"}]}",
            "/v1beta/models/gemini%%2Ftext:generateContent",
            "{\"session_id\":\"%s\",\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"ask%d\"}]}]}");
    int turn = 0;
    for (Map.Entry<String, String> each : bodies.entrySet()) {
      Caller.Reply reply =
          http.post(each.getKey().formatted(), each.getValue().formatted(session, turn));
      assertThat(reply.status()).as(each.getKey() + reply.body()).isEqualTo(200);
      assertThat(reply.body()).contains("Hello, w");
      for (int i = 0; i <= turn; i++) {
        assertThat(told()).as(each.getKey()).containsOnlyOnce("ask" + i);
      }
      assertThat(told()).doesNotContain(session);
      turn++;
      if (turn == 3) {
        end();
        start();
      }
    }
    assertThat(texts(session)).hasSize(2 * turn).startsWith("ask0", HELLO);
    Caller.Reply ask =
        http.post("/v1/ask", "{\"prompt\":\"and now?\",\"session_id\":\"" + session + "\"}");
    assertThat(ask.status()).as(ask.body()).isEqualTo(200);
    assertThat(texts(session)).hasSize(2 * turn + 2).contains("and now?");
  }

  @Test
  void theRequestsSystemMessageComesFirstAndIsNotStored() {
    String session = session();
    http.post(
        "/v1/sessions/" + session + "/messages",
        "{\"content\":\"Oslo is meant\",\"role\":\"system\",\"pinned\":true}");
    chat(session, "openai/text", says("one"));
    String two =
        "\"messages\":[{\"role\":\"system\",\"content\":\"be short\"},"
            + "{\"role\":\"user\",\"content\":\"two\"}]";
    assertThat(chat(session, "openai/text", two).status()).isEqualTo(200);
    List<String> sent = new ArrayList<>();
    Caller.parse(told())
        .path("messages")
        .forEach(message -> sent.add(message.path("content").asText()));
    assertThat(sent).containsExactly("be short", "Oslo is meant", "one", HELLO, "two");
    assertThat(texts(session)).containsExactly("Oslo is meant", "one", HELLO, "two", HELLO);
  }

  @Test
  void aStreamIsStoredWhenItEndsAndOneThatIsCutIsPartial() throws IOException {
    String session = session();
    Caller.Reply whole = chat(session, "openai/text", "\"stream\":true," + says("whole"));
    assertThat(whole.streamed()).isEqualTo(HELLO);
    assertThat(texts(session)).containsExactly("whole", HELLO);
    chat(session, "openai/fin-mid-stream", "\"stream\":true," + says("cut"));
    awaitMessages(session, 4);
    JsonNode cut = messages(session).getLast();
    assertThat(cut.path("partial").asBoolean()).isTrue();
    assertThat(HELLO).startsWith(cut.path("content").asText());
    String body = "{\"model\":\"openai/long-stream\",\"stream\":true," + says("gone") + "}";
    try (InputStream stream =
        http.open(
            http.to("/v1/chat/completions", body.getBytes(StandardCharsets.UTF_8))
                .header("x-serai-session", session))) {
      assertThat(stream.read(new byte[400])).isPositive();
    }
    awaitMessages(session, 6);
    assertThat(messages(session).getLast().path("partial").asBoolean()).isTrue();
  }

  @Test
  void aCallThatFailsStoresNothing() {
    String session = session();
    assertThat(chat(session, "openai/error-400", says("x")).status()).isEqualTo(400);
    assertThat(chat(session, "openai/text", says("next")).status()).isEqualTo(200);
    assertThat(texts(session)).containsExactly("next", HELLO);
  }

  @Test
  void aCallOfAToolIsFollowedByItsResultAndLeftOutWithoutOne() {
    String session = session();
    JsonNode called = chat(session, "openai/tools", TOOLS + says("weather?")).json();
    String id = called.at("/choices/0/message/tool_calls/0/id").asText();
    assertThat(id).isNotEmpty();
    String result =
        "\"messages\":[{\"role\":\"tool\",\"tool_call_id\":\"" + id + "\",\"content\":\"sun\"}]";
    assertThat(chat(session, "anthropic/text", TOOLS + result).status()).isEqualTo(200);
    JsonNode sent = Caller.parse(told()).path("messages");
    assertThat(sent.at("/1/content/0/type").asText()).isEqualTo("tool_use");
    assertThat(sent.at("/2/content/0/type").asText()).isEqualTo("tool_result");
    assertThat(messages(session).stream().map(m -> m.path("message_type").asText()))
        .containsExactly("text", "tool_call", "tool_result", "text");

    chat(session, "openai/tools", TOOLS + says("again?"));
    assertThat(chat(session, "openai/text", says("never mind")).status()).isEqualTo(200);
    JsonNode last = Caller.parse(told()).path("messages");
    assertThat(last).hasSize(6);
    assertThat(last.at("/1/tool_calls")).hasSize(1);
    assertThat(last.at("/4/content").asText()).isEqualTo("again?");
  }

  /** The roles of the messages that a provider of OpenAI's dialect was sent. */
  private List<String> sentRoles() {
    return Caller.parse(told())
        .path("messages")
        .valueStream()
        .map(message -> message.path("role").asText())
        .toList();
  }

  @Test
  void theResultOfAToolFollowsItsCallAlsoIfOtherMessagesWereStoredBetweenThem() {
    String session = session();
    JsonNode called = chat(session, "openai/tools", TOOLS + says("weather?")).json();
    String id = called.at("/choices/0/message/tool_calls/0/id").asText();
    http.post("/v1/sessions/" + session + "/messages", "{\"content\":\"posted\"}");
    chat(session, "openai/text", says("between"));
    String result =
        "\"messages\":[{\"role\":\"tool\",\"tool_call_id\":\"" + id + "\",\"content\":\"sun\"}]";
    assertThat(chat(session, "openai/text", TOOLS + result).status()).isEqualTo(200);
    assertThat(sentRoles()).containsExactly("user", "user", "user", "assistant", "tool");
    assertThat(Caller.parse(told()).at("/messages/3/tool_calls/0/id").asText()).isEqualTo(id);
    assertThat(chat(session, "openai/text", says("and then?")).status()).isEqualTo(200);
    assertThat(sentRoles())
        .containsExactly("user", "user", "user", "assistant", "tool", "assistant", "user");
  }

  @Test
  void aResultWithoutAnIdBelongsToTheLatestCallOfItsTool() {
    Map<String, String> results =
        Map.of(
            "/api/chat",
            "{\"model\":\"openai/text\",\"stream\":false,\"session_id\":\"%s\",\"messages\":[{\"role\":\"tool\",\"tool_name\":\"get_weather\",\"content\":\"sun\"}]}",
            "/v1beta/models/openai%%2Ftext:generateContent",
            "{\"session_id\":\"%s\",\"contents\":[{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"name\":\"get_weather\",\"response\":{\"output\":\"sun\"}}}]}]}");
    results.forEach(
        (path, body) -> {
          String session = session();
          JsonNode called = chat(session, "openai/tools", TOOLS + says("weather?")).json();
          String id = called.at("/choices/0/message/tool_calls/0/id").asText();
          Caller.Reply reply = http.post(path.formatted(), body.formatted(session));
          assertThat(reply.status()).as(path + reply.body()).isEqualTo(200);
          assertThat(sentRoles()).as(path).containsExactly("user", "assistant", "tool");
          assertThat(Caller.parse(told()).at("/messages/2/tool_call_id").asText()).isEqualTo(id);
          assertThat(messages(session).get(2).at("/metadata/tool_call_id").asText()).isEqualTo(id);
        });
  }

  @Test
  void aWrongSessionIsRefusedBeforeAProviderIsAsked() {
    String unknown = "sess_" + "0".repeat(32);
    Caller.Reply missing = chat(unknown, "openai/text", says("x"));
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.json().at("/error/code").asText()).isEqualTo("session_not_found");
    String session = session();
    http.send("PATCH", "/v1/sessions/" + session, "", "{\"status\":\"completed\"}");
    Caller.Reply closed = chat(session, "openai/text", says("x"));
    assertThat(closed.status()).isEqualTo(409);
    String both = "{\"model\":\"openai/text\",\"input\":\"x\",\"previous_response_id\":\"resp_1\",";
    assertThat(http.post("/v1/responses", both + "\"conversation\":\"" + session + "\"}").body())
        .contains("exclude each other");
    assertThat(provider.received()).isEmpty();
  }
}

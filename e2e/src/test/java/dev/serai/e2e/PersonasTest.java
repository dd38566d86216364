package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Personas: model names with a stored prompt, on a gateway with SQLite. */
class PersonasTest {
  private static final String SETTINGS =
      """
      providers:
        red: {kind: openai-compatible, base_url: "%2$s/v1", api_key: %1$s, models: [text]}
      models:
        fast: {targets: [red/text]}
      personas:
        greeter: {prompt: greet, model: fast, parameters: {max_tokens: 11}}
        house: {prompt: greet, label: latest, tenant: shop, model: red/text}
        next: {prompt: greet, label: latest, model: fast}
        lost: {prompt: never-stored, model: fast}
        whole: {prompt: whole, label: latest, model: fast}
        reader: {prompt: whole, label: latest, model: fast, memory: read}
        stranger: {prompt: whole, label: latest, model: fast, memory: none}
        terse: {prompt: terse, label: latest, model: fast}
      limits:
        keys: {requests_per_second: 0}
      auth:
        keys:
          - {name: shop, key: shop-0123456789abcdef, role: admin, tenant: shop}
          - {name: mill, key: mill-0123456789abcdef, role: user, tenant: mill}
          - {name: narrow, key: narrow-0123456789abcdef, role: user, tenant: shop, models: [persona/greeter]}
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir static Path folder;
  private static CassetteServer provider;
  private static RunningGateway gateway;
  private static Caller http;

  @BeforeAll
  static void start() throws Exception {
    provider = CassetteServer.start();
    String settings = SETTINGS.formatted(RunningGateway.CANARY, provider.url());
    gateway = RunningGateway.in(folder).settings(settings).start();
    http = new Caller(gateway.url());
    store("POST", "", "{'name': 'greet'}");
    for (String system : List.of("Speak {{language}}.", "Sing in {{language}}.")) {
      store(
          "POST",
          "/greet/versions",
          "{'messages': [{'role': 'system', 'content': '"
              + system
              + "'}, {'role': 'user', 'content': 'Greet {{who}}.'}]}");
    }
    store("PUT", "/greet/labels/production", "{'version': 1}");
    store("POST", "", "{'name': 'whole'}");
    store(
        "POST",
        "/whole/versions",
        "{'messages': [{'role': 'system', 'content': 'Be brief.'}, {'role': 'user', 'content':"
            + " 'What is new?'}]}");
    store("POST", "", "{'name': 'terse'}");
    store("POST", "/terse/versions", "{'messages': [{'role': 'system', 'content': 'Be brief.'}]}");
  }

  @AfterAll
  static void stop() throws Exception {
    http.close();
    gateway.close();
    provider.close();
  }

  private static void store(String method, String path, String body) {
    Caller.Reply reply = send(gateway, method, "shop", "/v1/prompts" + path, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
  }

  private static Caller.Reply send(
      RunningGateway at, String method, String key, String path, String body) {
    byte[] json = body.replace('\'', '"').getBytes(UTF_8);
    URI uri = URI.create(at.url() + path);
    return http.send(
        HttpRequest.newBuilder(uri)
            .headers("content-type", "application/json", "x-api-key", key + "-0123456789abcdef")
            .method(method, BodyPublishers.ofByteArray(json)));
  }

  private static Caller.Reply named(String key) {
    return send(
        gateway,
        "POST",
        key,
        "/v1/chat/completions",
        "{'model': 'red/text', 'prompt': {'name': 'greet', 'variables': {'language': 'German',"
            + " 'who': 'Ada'}}}");
  }

  private static JsonNode received() {
    return Caller.parse(new String(provider.received().getLast().body(), UTF_8));
  }

  private static String firstMessage() {
    return received().at("/messages/0/content").asText();
  }

  private static Caller.Reply persona(String key, String model, String prompt) {
    String body =
        "{'model': 'persona/%s', 'prompt': %s, 'messages': [{'role': 'user', 'content': 'Now.'}]}";
    return send(gateway, "POST", key, "/v1/chat/completions", body.formatted(model, prompt));
  }

  private static final String VALUES = "{'variables': {'language': 'German', 'who': 'Ada'}}";

  @Test
  void aPersonaIsAModelWithItsPromptItsModelAndItsParameters() {
    for (String key : List.of("shop", "narrow")) {
      Caller.Reply reply = persona(key, "greeter", VALUES);
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      assertThat(reply.header("x-serai-prompt")).isEqualTo("greet@1");
      assertThat(firstMessage()).isEqualTo("Speak German.");
      assertThat(received().path("max_completion_tokens").asInt()).isEqualTo(11);
    }
    assertThat(named("narrow").status()).as("another model").isEqualTo(403);
    assertThat(send(gateway, "GET", "shop", "/v1/models", "").json().findValuesAsText("id"))
        .contains("persona/greeter", "persona/house", "persona/guide");
  }

  @Test
  void aRequestForAPersonaNeedsNoMessagesIfItHasAPrompt() {
    Caller.Reply reply =
        send(
            gateway,
            "POST",
            "shop",
            "/v1/chat/completions",
            "{'model': 'persona/greeter', 'prompt': " + VALUES + "}");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(received().path("messages")).hasSize(2);
  }

  @Test
  void aPersonaWhosePromptHasTheMessagesNeedsNothingElse() {
    for (String request :
        List.of(
            "/v1/chat/completions {'model': 'persona/whole'}",
            "/v1/chat/completions {'model': 'persona/whole', 'messages': []}",
            "/v1/messages {'model': 'persona/whole', 'max_tokens': 9}",
            "/v1/responses {'model': 'persona/whole', 'store': false}",
            "/v1beta/models/persona/whole:generateContent {}",
            "/api/chat {'model': 'persona/whole', 'stream': false}")) {
      String[] parts = request.split(" ", 2);
      Caller.Reply reply = send(gateway, "POST", "shop", parts[0], parts[1]);
      assertThat(reply.status()).as(request + reply.body()).isEqualTo(200);
      assertThat(reply.header("x-serai-prompt")).isEqualTo("whole@1");
      assertThat(received().path("messages").findValuesAsText("role"))
          .as(request)
          .containsExactly("system", "user");
    }
  }

  private static List<String> told(String model, String session) {
    String body = "{'model': 'persona/%s', 'session_id': '%s'}".formatted(model, session);
    Caller.Reply reply = send(gateway, "POST", "shop", "/v1/chat/completions", body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return received().path("messages").findValuesAsText("role");
  }

  private static int stored(String session) {
    String path = "/v1/sessions/" + session + "/messages";
    return send(gateway, "GET", "shop", path, "").json().path("data").size();
  }

  @Test
  void aPersonaSaysWhetherItsCallsReadTheSessionAndWhetherTheyAreStoredInIt() {
    String session = send(gateway, "POST", "shop", "/v1/sessions", "{}").json().path("id").asText();
    assertThat(told("whole", session)).containsExactly("system", "user");
    Until.holds(PATIENCE, "the turn is stored", () -> stored(session) == 2);
    assertThat(told("reader", session)).containsExactly("system", "user", "assistant", "user");
    assertThat(told("stranger", session)).containsExactly("system", "user");
    assertThat(told("whole", session)).hasSize(4);
    Until.holds(PATIENCE, "the next turn is stored", () -> stored(session) >= 4);
    assertThat(stored(session)).isEqualTo(4);
  }

  @Test
  void aRequestWithoutMessagesIsRefusedIfNoPromptHasThem() {
    for (String model : List.of("persona/guide", "persona/unknown", "fast")) {
      Caller.Reply reply =
          send(gateway, "POST", "shop", "/v1/chat/completions", "{'model': '" + model + "'}");
      assertThat(reply.status()).as(reply.body()).isEqualTo(400);
      assertThat(reply.json().at("/error/param").asText()).isEqualTo("messages");
    }
    Caller.Reply bare =
        send(gateway, "POST", "shop", "/v1beta/models/persona/terse:generateContent", "{}");
    assertThat(bare.status()).as(bare.body()).isEqualTo(400);
    assertThat(bare.json().at("/error/message").asText()).contains("'contents'");
  }

  @Test
  void aPersonaHasThePromptOfItsTenantOrOfTheCaller() {
    Caller.Reply shared = persona("mill", "house", VALUES);
    assertThat(shared.status()).as(shared.body()).isEqualTo(200);
    assertThat(shared.header("x-serai-prompt")).isEqualTo("greet@2");
    for (Caller.Reply reply :
        List.of(persona("mill", "greeter", VALUES), persona("shop", "lost", "null"))) {
      assertThat(reply.status()).as(reply.body()).isEqualTo(404);
      assertThat(reply.json().at("/error/code").asText()).isEqualTo("prompt_not_found");
    }
    Caller.Reply bare = persona("shop", "greeter", "null");
    assertThat(bare.status()).as(bare.body()).isEqualTo(400);
    assertThat(bare.json().at("/error/param").asText()).startsWith("prompt.variables.");
    Caller.Reply other = persona("shop", "greeter", "{'name': 'greet'}");
    assertThat(other.status()).as(other.body()).isEqualTo(400);
    assertThat(other.json().at("/error/message").asText()).contains("its own prompt");
  }

  @Test
  void anExperimentComparesVersionsOfAPromptAsPersonas() {
    String variants =
        "{'id': 'wording', 'model': 'persona/greeter', 'status': '%s', 'variants': [{'name': 'now',"
            + " 'model': 'persona/greeter', 'weight': 1}, {'name': 'next', 'model':"
            + " 'persona/next', 'weight': 1}]}";
    Caller.Reply created =
        send(gateway, "POST", "shop", "/v1/experiments", variants.formatted("running"));
    assertThat(created.status()).as(created.body()).isEqualTo(200);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      Caller.Reply reply = persona("shop", "greeter", VALUES);
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      boolean next = reply.header("x-serai-experiment").equals("wording/next");
      assertThat(reply.header("x-serai-prompt")).isEqualTo(next ? "greet@2" : "greet@1");
      assertThat(firstMessage()).isEqualTo(next ? "Sing in German." : "Speak German.");
      seen.add(reply.header("x-serai-experiment"));
    }
    assertThat(seen).as("calls of one key stay with one variant").hasSize(1);
    for (int i = 0; i < 24; i++) {
      Caller.Reply reply = inSession("s" + i);
      boolean next = reply.header("x-serai-experiment").equals("wording/next");
      assertThat(reply.header("x-serai-prompt")).isEqualTo(next ? "greet@2" : "greet@1");
      seen.add(reply.header("x-serai-experiment"));
    }
    assertThat(seen).containsExactlyInAnyOrder("wording/now", "wording/next");
    Caller.Reply stopped =
        send(gateway, "PATCH", "shop", "/v1/experiments/wording", "{'status': 'stopped'}");
    assertThat(stopped.status()).as(stopped.body()).isEqualTo(200);
  }

  private static Caller.Reply inSession(String session) {
    return send(
        gateway,
        "POST",
        "shop",
        "/v1/chat/completions",
        "{'model': 'persona/greeter', 'metadata': {'session_id': '"
            + session
            + "'}, 'prompt': "
            + VALUES
            + ", 'messages': [{'role': 'user', 'content': 'Now.'}]}");
  }

  @Test
  void theGuideIsStillThere() {
    Caller.Reply reply =
        send(
            gateway,
            "POST",
            "shop",
            "/v1/chat/completions",
            "{'model': 'persona/guide', 'messages': [{'role': 'user', 'content': 'How do I add a"
                + " provider?'}]}");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.content()).contains("providers.md");
  }
}

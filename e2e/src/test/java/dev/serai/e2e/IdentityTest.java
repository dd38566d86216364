package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.serai.e2e.provider.CassetteServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers with API keys of two tenants, from the client to the ledger. */
class IdentityTest {
  private static final String CANARY = "canary-0123456789abcdef";
  private static final String ACME = "acme-" + CANARY;
  private static final String GLOBEX = "globex-" + CANARY;
  private static final String LIMITED = "limited-" + CANARY;
  private static final String ADMIN = "admin-" + CANARY;
  private static final String ENV = "env-" + CANARY;
  private static final String LATER = "later-" + CANARY;

  private static final String KEYS =
      """
      auth:
        keys:
          - {name: shop, key: %s, role: user, tenant: acme}
          - {name: lab, key: %s, role: user, tenant: globex}
          - {name: small, key: %s, role: developer, tenant: acme, models: [swift, anthropic/*]}
      models:
        swift: openai/text
        other: openai/text
        mixed:
          targets: [openai/text]
          fallbacks: [anthropic/text]
      routes:
        poll: 50ms
      """
          .formatted(ACME, GLOBEX, LIMITED);

  @TempDir static Path folder;
  private static CassetteServer provider;
  private static RunningGateway gateway;
  private static Caller http;

  @BeforeAll
  static void start() {
    provider = CassetteServer.start();
    gateway =
        RunningGateway.in(folder)
            .providersAt(provider.url())
            .settings(KEYS)
            .with("SERAI_API_KEYS", "env:" + ENV)
            .with("ROUTER_ADMIN_KEYS", ADMIN)
            .start();
    http = new Caller(gateway.url());
  }

  @AfterAll
  static void stop() {
    http.close();
    gateway.close();
    provider.close();
  }

  private static Caller.Reply get(String path, String key) {
    return http.send(
        HttpRequest.newBuilder(URI.create(gateway.url() + path)).header("x-api-key", key));
  }

  private static Caller.Reply chat(String model, String key) {
    byte[] body = Caller.body(model, false).getBytes(StandardCharsets.UTF_8);
    return http.send(
        http.to("/v1/chat/completions", body).header("authorization", "Bearer " + key));
  }

  private static OpenAIClient openAi(String key) {
    return OpenAIOkHttpClient.builder()
        .apiKey(key)
        .baseUrl(gateway.url() + "/v1")
        .maxRetries(0)
        .timeout(Stage.PATIENCE)
        .build();
  }

  @Test
  void openAisClientCallsWithARightKeyAndReportsAWrongOne() {
    ChatCompletionCreateParams question =
        ChatCompletionCreateParams.builder().model("openai/text").addUserMessage("Hello").build();
    OpenAIClient right = openAi(ACME);
    assertThat(right.chat().completions().create(question).choices()).hasSize(1);
    OpenAIClient wrong = openAi("wrong-" + CANARY);
    assertThatThrownBy(() -> wrong.chat().completions().create(question))
        .isInstanceOf(com.openai.errors.UnauthorizedException.class)
        .hasMessageNotContainingAny(CANARY);
    OpenAIClient manager = openAi(ADMIN);
    assertThatThrownBy(() -> manager.chat().completions().create(question))
        .isInstanceOf(com.openai.errors.PermissionDeniedException.class);
    List.of(right, wrong, manager).forEach(OpenAIClient::close);
  }

  @Test
  void anthropicsClientCallsWithARightKeyAndReportsAWrongOne() {
    MessageCreateParams question =
        MessageCreateParams.builder()
            .model("anthropic/text")
            .maxTokens(64)
            .addUserMessage("Hello")
            .build();
    AnthropicClient right = anthropic(GLOBEX);
    assertThat(right.messages().create(question).content()).isNotEmpty();
    AnthropicClient wrong = anthropic("wrong-" + CANARY);
    assertThatThrownBy(() -> wrong.messages().create(question))
        .isInstanceOf(com.anthropic.errors.UnauthorizedException.class)
        .hasMessageContaining("authentication_error");
    List.of(right, wrong).forEach(AnthropicClient::close);
  }

  private static AnthropicClient anthropic(String key) {
    return AnthropicOkHttpClient.builder()
        .apiKey(key)
        .baseUrl(gateway.url())
        .maxRetries(0)
        .timeout(Stage.PATIENCE)
        .build();
  }

  @Test
  void everySurfaceRefusesInItsOwnShape() {
    assertThat(http.post("/v1/messages", "{}").json().at("/error/type").asText())
        .isEqualTo("authentication_error");
    assertThat(http.post("/v1beta/models/x:generateContent", "{}").json().at("/error/status"))
        .hasToString("\"UNAUTHENTICATED\"");
    assertThat(http.post("/api/chat", "{}").json().path("error").isTextual()).isTrue();
    assertThat(http.post("/v1/responses", "{}").json().at("/error/code").asText())
        .isEqualTo("invalid_api_key");
    Caller.Reply gemini = http.get("/v1beta/models?key=" + ACME);
    assertThat(gemini.status()).as(gemini.body()).isEqualTo(200);
  }

  @Test
  void aTenantSeesItsOwnUsageOnlyWithTheNameOfTheKeyAndNeverTheKey() {
    String ofAcme = ok(chat("openai/text", ACME)).header("x-request-id");
    String ofGlobex = ok(chat("openai/text", GLOBEX)).header("x-request-id");

    JsonNode row = ok(get("/v1/usage/" + ofAcme, ACME)).json().at("/attempts/0");
    assertThat(row.path("tenant").asText()).isEqualTo("acme");
    assertThat(row.path("key").asText()).isEqualTo("shop");
    assertThat(get("/v1/usage/" + ofGlobex, ACME).status()).isEqualTo(404);
    assertThat(get("/v1/usage?tenant=globex", ACME).status()).isEqualTo(403);
    assertThat(tenants("/v1/usage", ACME)).containsOnly("acme");
    assertThat(tenants("/v1/usage?group_by=tenant", GLOBEX)).containsExactly("globex");
    assertThat(ok(get("/v1/usage/summary", GLOBEX)).json().path("by_tenant").properties())
        .hasSize(1);
    assertThat(tenants("/v1/usage?group_by=tenant", ADMIN)).contains("acme", "globex");
    assertThat(ok(get("/v1/usage?format=csv", ADMIN)).body()).contains("shop", "lab");
  }

  @Test
  void requestIdsThatTwoTenantsChooseLeadEachToItsOwnCall() {
    for (String key : List.of(ACME, GLOBEX)) {
      byte[] body = Caller.body("openai/text", false).getBytes(StandardCharsets.UTF_8);
      ok(
          http.send(
              http.to("/v1/chat/completions", body)
                  .header("x-api-key", key)
                  .header("x-request-id", "the-same-id")));
    }
    assertThat(tenantOf("the-same-id", ACME)).isEqualTo("acme");
    assertThat(tenantOf("the-same-id", GLOBEX)).isEqualTo("globex");
    assertThat(get("/v1/usage/the-same-id", ENV).status()).isEqualTo(404);
  }

  private static String tenantOf(String id, String key) {
    return ok(get("/v1/usage/" + id, key)).json().at("/attempts/0/tenant").asText();
  }

  private static List<String> tenants(String path, String key) {
    List<String> tenants = new ArrayList<>();
    ok(get(path, key)).json().path("data").forEach(row -> tenants.add(row.path("tenant").asText()));
    return tenants;
  }

  @Test
  void aTenantCannotReadAStoredResponseOfAnother() {
    byte[] body =
        "{\"model\":\"openai/text\",\"input\":\"Hello\"}".getBytes(StandardCharsets.UTF_8);
    Caller.Reply stored =
        ok(http.send(http.to("/v1/responses", body).header("authorization", "Bearer " + ACME)));
    String path = "/v1/responses/" + stored.json().path("id").asText();

    assertThat(get(path, ACME).status()).isEqualTo(200);
    assertThat(get(path, GLOBEX).status()).isEqualTo(404);
  }

  @Test
  void aKeyCallsAndSeesTheModelsOfItsListOnly() {
    ok(chat("swift", LIMITED));
    ok(chat("anthropic/text", LIMITED));
    provider.forget();
    ok(chat("mixed", LIMITED));
    assertThat(provider.received()).as("the target that the key may call").hasSize(1);
    assertThat(provider.received().getFirst().path()).isEqualTo("/v1/messages");
    for (String model : List.of("other", "openai/text", "gpt-4o")) {
      Caller.Reply refused = chat(model, LIMITED);
      assertThat(refused.status()).as(model).isEqualTo(403);
      assertThat(refused.json().at("/error/code").asText()).isEqualTo("model_not_allowed");
    }
    byte[] other =
        "{\"model\":\"swift\",\"models\":[\"text\"],\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"
            .getBytes(StandardCharsets.UTF_8);
    Caller.Reply refusedOther =
        http.send(
            http.to("/v1/chat/completions", other).header("authorization", "Bearer " + LIMITED));
    assertThat(refusedOther.status()).isEqualTo(403);
    assertThat(refusedOther.body()).contains("model_not_allowed", "openai/text");
    List<String> listed = new ArrayList<>();
    ok(get("/v1/models", LIMITED))
        .json()
        .path("data")
        .forEach(model -> listed.add(model.path("id").asText()));
    assertThat(listed)
        .contains("swift", "mixed")
        .allMatch(m -> m.equals("swift") || m.equals("mixed") || m.startsWith("anthropic/"));
    assertThat(get("/v1/models/other", LIMITED).status()).isEqualTo(404);
    assertThat(get("/v1/files", LIMITED).status()).isEqualTo(403);
  }

  @Test
  void noKeyOfACallerIsInAnyOutputOrReachesAProvider() {
    chat("openai/text", ENV);
    chat("openai/nothing-of-that-name", ENV);
    http.get("/v1beta/models?key=wrong-" + CANARY);
    http.get("/v1/usage?key=" + ENV);
    List<String> outputs = new ArrayList<>();
    for (String path : List.of("/metrics", "/v1/providers", "/v1/usage", "/v1/models")) {
      outputs.add(get(path, ENV).body());
    }
    outputs.add(chat("openai/text", "wrong-" + CANARY).body());
    gateway.awaitLogged("env");
    outputs.add(gateway.log());
    provider.received().forEach(request -> outputs.add(request.toString()));

    assertThat(outputs).noneMatch(text -> text.contains(CANARY));
  }

  @Test
  void keysOfTheFileChangeWhileTheGatewayRuns() {
    RunningGateway.write(
        folder.resolve("serai.yaml"),
        KEYS.replace(
            "models:\n  swift", "    - {name: late, key: " + LATER + "}\nmodels:\n  swift"));
    Until.holds(Duration.ofSeconds(30), "the new key works", () -> status(LATER) == 200);
    RunningGateway.write(folder.resolve("serai.yaml"), KEYS);
    Until.holds(Duration.ofSeconds(30), "the removed key is refused", () -> status(LATER) == 401);
    assertThat(status(ACME)).isEqualTo(200);
  }

  @Test
  void aGatewayWhoseLastKeyIsRemovedStaysClosedAndSaysSo() {
    Path alone = folder.resolve("alone");
    try (RunningGateway closed = RunningGateway.in(alone).settings(KEYS).start();
        Caller caller = new Caller(closed.url())) {
      RunningGateway.write(alone.resolve("serai.yaml"), "routes:\n  poll: 50ms\n");
      closed.awaitLogged("the settings have no API key any more; requests still need one");
      assertThat(caller.get("/v1/models").status()).isEqualTo(401);
    }
  }

  private static int status(String key) {
    return get("/v1/models", key).status();
  }

  @Test
  void withoutKeysAGatewayThatOthersReachDoesNotStart() {
    RunningGateway.Plan open =
        RunningGateway.in(folder.resolve("open")).with("SERVER_HOST", "0.0.0.0");
    assertThatThrownBy(open::start)
        .hasStackTraceContaining("SERAI_API_KEYS=name:key")
        .hasStackTraceContaining("openssl rand -hex 32");
  }

  private static Caller.Reply ok(Caller.Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply;
  }
}

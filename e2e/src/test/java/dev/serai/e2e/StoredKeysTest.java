package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import dev.serai.memory.database.Postgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** API keys that are managed over HTTP, in two gateways with one PostgreSQL, and after a kill. */
class StoredKeysTest {
  private static final String ADMIN = "admin-canary-0123456789abcdef";
  private static final String PEPPER = "pepper-canary-0123456789abcdef0123456789";
  private static final String OF_ENVIRONMENT = "env-canary-0123456789abcdef0123";
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir static Path folder;
  private static Postgres database;
  private static CassetteServer provider;
  private static RunningGateway here;
  private static RunningGateway there;
  private static Caller http;

  @BeforeAll
  static void start() {
    database = Postgres.start(folder.resolve("postgres"));
    provider = CassetteServer.start();
    here = gateway("here");
    there = gateway("there");
    http = new Caller(here.url());
  }

  private static RunningGateway gateway(String name) {
    return RunningGateway.in(folder.resolve(name))
        .providersAt(provider.url())
        .with("SERAI_STATE", folder.resolve(name).resolve("state").toString())
        .with("SERAI_DATABASE_URL", database.url())
        .with("SERAI_KEY_PEPPER", PEPPER)
        .with("ROUTER_ADMIN_KEYS", ADMIN)
        .with("SERAI_API_KEYS", "of-environment:" + OF_ENVIRONMENT)
        .start();
  }

  @AfterAll
  static void stop() {
    http.close();
    here.close();
    there.close();
    provider.close();
    database.close();
  }

  private static Caller.Reply manage(String method, String path, String body) {
    return http.send(method, here.url() + "/v1/keys" + path, ADMIN, body);
  }

  /** A new key: its data, and the key itself as the member key. */
  private static JsonNode create(String body) {
    Caller.Reply created = manage("POST", "", body);
    assertThat(created.status()).as(created.body()).isEqualTo(200);
    return created.json();
  }

  private static Caller.Reply chat(RunningGateway gateway, String model, String key) {
    return http.send(
        "POST", gateway.url() + "/v1/chat/completions", key, Caller.body(model, false));
  }

  private static int status(RunningGateway gateway, JsonNode created) {
    return chat(gateway, "openai/text", created.path("key").asText()).status();
  }

  private static String id(JsonNode created) {
    return created.at("/data/id").asText();
  }

  private static void becomes(int status, RunningGateway gateway, JsonNode created) {
    Until.holds(SOON, "status " + status, () -> status(gateway, created) == status);
  }

  @Test
  void aKeyCallsModelsAtOnceAndIsRefusedEverywhereOnceItIsDisabledOrDeleted() {
    JsonNode key = create("{\"name\":\"app\",\"tenant\":\"acme\",\"tags\":[\"shop\"]}");
    assertThat(status(here, key)).isEqualTo(200);
    becomes(200, there, key);

    JsonNode disabled = manage("PATCH", "/" + id(key), "{\"disabled\":true}").json();
    assertThat(disabled.at("/data/disabled").asBoolean()).isTrue();
    Caller.Reply refused = chat(here, "openai/text", key.path("key").asText());
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.json().at("/error/code").asText()).isEqualTo("invalid_api_key");
    becomes(401, there, key);

    manage("PATCH", "/" + id(key), "{\"disabled\":false}");
    assertThat(status(here, key)).isEqualTo(200);
    assertThat(manage("DELETE", "/" + id(key), "").json().path("deleted").asBoolean()).isTrue();
    assertThat(status(here, key)).isEqualTo(401);
    becomes(401, there, key);
    assertThat(manage("GET", "/" + id(key), "").json().at("/error/code").asText())
        .isEqualTo("key_not_found");
  }

  @Test
  void aModelThatNoProviderServesIsAWarningOfTheReply() {
    JsonNode key = create("{\"name\":\"wary\",\"models\":[\"opnai/*\",\"openai/text\",\"*\"]}");
    assertThat(key.path("warnings")).hasSize(1);
    assertThat(key.at("/warnings/0").asText())
        .isEqualTo("nothing serves 'opnai/*': no provider is named opnai; did you mean openai?");
    JsonNode mended = manage("PATCH", "/" + id(key), "{\"models\":[\"openai/*\"]}").json();
    assertThat(mended.path("warnings").isArray()).isTrue();
    assertThat(mended.path("warnings")).isEmpty();
  }

  @Test
  void aKeyOfTheEnvironmentIsUsedAndCannotBeChanged() {
    assertThat(chat(here, "openai/text", OF_ENVIRONMENT).status()).isEqualTo(200);
    assertThat(manage("GET", "", "").body()).doesNotContain("\"of-environment\"");
    assertThat(manage("PATCH", "/of-environment", "{\"disabled\":true}").status()).isEqualTo(404);
    assertThat(manage("DELETE", "/of-environment", "").status()).isEqualTo(404);
    Caller.Reply taken = manage("POST", "", "{\"name\":\"of-environment\"}");
    assertThat(taken.status()).as(taken.body()).isEqualTo(409);
    assertThat(chat(here, "openai/text", OF_ENVIRONMENT).status()).isEqualTo(200);
  }

  @Test
  void theLimitsOfAKeyChangeWhileItIsUsed() {
    JsonNode key = create("{\"name\":\"limited\",\"limits\":{\"requests_per_day\":1}}");
    assertThat(key.at("/data/limits/requests_per_day").asInt()).isEqualTo(1);
    assertThat(List.of(status(here, key), status(here, key))).containsExactly(200, 429);

    manage("PATCH", "/" + id(key), "{\"limits\":{\"requests_per_day\":2}}");
    assertThat(List.of(status(here, key), status(here, key))).containsExactly(200, 429);
    JsonNode renamed = manage("PATCH", "/" + id(key), "{\"tags\":[\"a\"]}").json();
    assertThat(renamed.at("/data/limits/requests_per_day").asInt()).isEqualTo(2);
    JsonNode free = manage("PATCH", "/" + id(key), "{\"limits\":null}").json();
    assertThat(free.at("/data/limits").isEmpty()).isTrue();
    assertThat(status(here, key)).isEqualTo(200);
  }

  @Test
  void aRotatedKeyWorksWithBothSecretsDuringTheOverlap() {
    JsonNode old = create("{\"name\":\"rotated\"}");
    JsonNode first = manage("POST", "/" + id(old) + "/rotate", "{\"overlap_seconds\":600}").json();
    assertThat(id(first)).isEqualTo(id(old));
    assertThat(status(here, old)).isEqualTo(200);
    assertThat(status(here, first)).isEqualTo(200);
    JsonNode second = manage("POST", "/" + id(old) + "/rotate", "").json();
    assertThat(List.of(status(here, old), status(here, first), status(here, second)))
        .containsExactly(401, 401, 200);
  }

  @Test
  void aKeyExpires() {
    String at = Instant.now().plusSeconds(8).toString();
    JsonNode key = create("{\"name\":\"short\",\"expires_at\":\"" + at + "\"}");
    becomes(401, here, key);
    assertThat(chat(here, "openai/text", key.path("key").asText()).body()).contains("expired");
    assertThat(create("{\"name\":\"long\",\"expires_at\":null}").at("/data/expires_at").isNull())
        .isTrue();
    assertThat(
            manage("POST", "", "{\"name\":\"past\",\"expires_at\":\"2020-01-01T00:00:00Z\"}")
                .json()
                .at("/error/param")
                .asText())
        .isEqualTo("expires_at");
  }

  @Test
  void aKeyCallsTheModelsOfItsListAndItsUsageHasItsNameAndTenant() {
    JsonNode key =
        create("{\"name\":\"limited\",\"tenant\":\"globex\",\"models\":[\"anthropic/*\"]}");
    String secret = key.path("key").asText();
    assertThat(chat(here, "openai/text", secret).json().at("/error/code").asText())
        .isEqualTo("model_not_allowed");
    String request = chat(here, "anthropic/text", secret).header("x-request-id");
    Caller.Reply usage = http.send("GET", here.url() + "/v1/usage/" + request, secret, "");
    assertThat(usage.json().at("/attempts/0/key").asText()).isEqualTo("limited");
    assertThat(usage.json().at("/attempts/0/tenant").asText()).isEqualTo("globex");
  }

  @Test
  void keysAreListedByPageWithoutSecretsAndUnknownMembersAreRefused() {
    JsonNode one = create("{\"name\":\"listed-1\",\"tenant\":\"paged\"}");
    JsonNode two = create("{\"name\":\"listed-2\",\"tenant\":\"paged\",\"role\":\"user\"}");
    JsonNode page = manage("GET", "?tenant=paged&limit=1", "").json();
    assertThat(page.at("/data/0")).isEqualTo(two.path("data"));
    assertThat(page.path("has_more").asBoolean()).isTrue();
    JsonNode next = manage("GET", "?tenant=paged&limit=1&after=" + id(two), "").json();
    assertThat(next.at("/data/0")).isEqualTo(one.path("data"));
    assertThat(next.path("has_more").asBoolean()).isFalse();
    assertThat(page.toString()).doesNotContain(two.path("key").asText());

    Caller.Reply unknown = manage("POST", "", "{\"name\":\"x\",\"limts\":5}");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.json().at("/error/param").asText()).isEqualTo("limts");
    assertThat(manage("POST", "", "{\"name\":\"listed-1\",\"tenant\":\"paged\"}").status())
        .isEqualTo(409);
    String user = two.path("key").asText();
    assertThat(http.send("GET", here.url() + "/v1/keys", user, "").status()).isEqualTo(403);
    assertThat(http.send("POST", here.url() + "/v1/keys", user, "{}").status()).isEqualTo(403);
    assertThat(http.send("GET", here.url() + "/v1/keys", "", "").status()).isEqualTo(401);
  }

  @Test
  void noStoredKeyIsInAnyOutputOrReachesAProvider() {
    JsonNode key = create("{\"name\":\"canary\",\"role\":\"admin\"}");
    String secret = key.path("key").asText();
    chat(here, "openai/text", secret);
    chat(here, "openai/nothing-of-that-name", secret);
    List<String> outputs = new ArrayList<>();
    for (String path :
        List.of("/metrics", "/v1/providers", "/v1/usage", "/v1/models", "/v1/keys")) {
      outputs.add(http.send("GET", here.url() + path, secret, "").body());
    }
    outputs.add(http.send("GET", here.url() + "/v1/keys/" + id(key), secret, "").body());
    outputs.add(http.send("POST", here.url() + "/v1/keys", secret, "{\"name\":\"canary\"}").body());
    outputs.add(here.log());
    outputs.add(there.log());
    provider.received().forEach(request -> outputs.add(request.toString()));

    assertThat(outputs).noneMatch(text -> text.contains(secret) || text.contains(PEPPER));
    assertThat(outputs.get(2)).as("usage").contains("canary");
  }

  @Test
  void aKeyThatWasShownIsThereAfterAKillAndTheFirstOneClosesTheGateway() throws Exception {
    Path alone = folder.resolve("alone");
    RunningGateway.Plan plan =
        RunningGateway.in(alone)
            .providersAt(provider.url())
            .with("SERAI_STATE", alone.resolve("state").toString());
    RunningGateway.write(alone.resolve("serai.d/README"), "");
    JsonNode key;
    try (GatewayProcess gateway = GatewayProcess.start(alone, plan)) {
      String keys = gateway.url() + "/v1/keys";
      assertThat(http.send("GET", keys, "", "").status()).as("open").isEqualTo(200);
      assertThat(http.send("POST", keys, "", "{\"name\":\"app\"}").status()).isEqualTo(400);
      Caller.Reply made = http.send("POST", keys, "", "{\"name\":\"first\",\"role\":\"admin\"}");
      gateway.kill();
      key = made.json();
    }
    try (GatewayProcess gateway = GatewayProcess.start(alone, plan)) {
      String keys = gateway.url() + "/v1/keys";
      assertThat(http.send("GET", keys, "", "").status()).as("closed").isEqualTo(401);
      Caller.Reply listed = http.send("GET", keys, key.path("key").asText(), "");
      assertThat(listed.json().at("/data/0/id").asText()).isEqualTo(id(key));
      assertThat(gateway.output()).doesNotContain(key.path("key").asText());
    }
  }
}

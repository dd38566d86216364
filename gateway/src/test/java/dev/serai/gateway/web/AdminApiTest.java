package dev.serai.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.gateway.Gateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The paths under /admin, in a gateway that runs. */
class AdminApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MANAGER = "manager-0123456789abcdef";
  private static final String AUDITOR = "auditor-0123456789abcdef";
  private static final String SETTINGS =
      """
      auth:
        keys:
          - {name: manager, role: manager, key: %s}
          - {name: auditor, role: auditor, key: %s}
      fairness:
        enabled: true
        tenants:
          acme: {weight: 3, qos: gold}
      """
          .formatted(MANAGER, AUDITOR);

  @TempDir static Path folder;
  private static Gateway gateway;
  private static HttpClient client;

  @BeforeAll
  static void start() throws Exception {
    Files.writeString(folder.resolve("serai.yaml"), SETTINGS);
    gateway = gateway(folder);
    client = HttpClient.newHttpClient();
  }

  private static Gateway gateway(Path in) throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("SERVER_PORT", "0");
    environment.put("SERAI_MODEL_LISTS", "false");
    environment.put("LOG_FILE", in.resolve("serai.log").toString());
    return Gateway.start(Gateway.settings(environment, in), environment, checkout());
  }

  private static Path checkout() {
    return Path.of(System.getProperty("serai.checkout", ".."));
  }

  @AfterAll
  static void stop() {
    client.close();
    gateway.close();
  }

  /** What a gateway replies. */
  private record Reply(int status, JsonNode json) {
    String error() {
      return json.path("error").asText();
    }
  }

  private static Reply send(Gateway to, String request, String key, String body) throws Exception {
    String[] parts = request.split(" ");
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to.port() + parts[1]))
            .header("content-type", "application/json")
            .method(
                parts[0], body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!key.isEmpty()) {
      builder.header("authorization", "Bearer " + key);
    }
    HttpResponse<String> reply = client.send(builder.build(), BodyHandlers.ofString());
    return new Reply(reply.statusCode(), JSON.readTree(reply.body()));
  }

  private static Reply send(String request, String key) throws Exception {
    return send(gateway, request, key, "");
  }

  private static JsonNode get(String path) throws Exception {
    Reply reply = send("GET " + path, AUDITOR);
    assertThat(reply.status()).as(reply.json().toString()).isEqualTo(200);
    return reply.json();
  }

  @Test
  void theVersionIsThatOfTheProject() throws Exception {
    JsonNode version = get("/admin/version");
    assertThat(Files.readString(checkout().resolve("pom.xml")))
        .contains("<version>" + version.path("version").asText() + "</version>");
    assertThat(version.path("java").asText()).isEqualTo(Runtime.version().toString());
    assertThat(version.path("camel").asText()).startsWith("4.");
  }

  @Test
  void aGatewayThatRunsIsHealthyAndServesSinceItsStart() throws Exception {
    JsonNode health = get("/admin/state_health");
    assertThat(health.path("status").asText()).as(health.toString()).isEqualTo("healthy");
    assertThat(health.path("database").asText()).startsWith("sqlite:");
    JsonNode lifecycle = get("/admin/lifecycle");
    assertThat(lifecycle.path("state").asText()).isEqualTo("serving");
    assertThat(Instant.parse(lifecycle.path("started_at").asText())).isBefore(Instant.now());
    assertThat(lifecycle.path("started_at").asText()).matches("[-0-9]+T[:0-9]+[.][0-9]{3}Z");
    assertThat(lifecycle.path("uptime_seconds").isIntegralNumber()).isTrue();
  }

  @Test
  void theLoadIncludesTheRequestThatAsksForIt() throws Exception {
    JsonNode load = get("/admin/cluster_stats");
    assertThat(load.path("connections").asInt()).isPositive();
    assertThat(load.path("in_flight").asInt()).isPositive();
    assertThat(load.at("/memory/limit_bytes").asLong()).isPositive();
    assertThat(load.at("/fair_queue/enabled").asBoolean()).isTrue();
    assertThat(load.at("/fair_queue/jains_index").asDouble()).isEqualTo(1);
    int providers = 0;
    for (JsonNode count : load.path("providers")) {
      providers += count.asInt();
    }
    assertThat(providers).isEqualTo(get("/v1/providers").path("data").size());
  }

  @Test
  void everyModelHasTheStateOfItsProvider() throws Exception {
    JsonNode models = get("/admin/model_status").path("models");
    assertThat(models.findValuesAsText("model")).contains("persona/guide");
    Map<String, String> states = new HashMap<>();
    for (JsonNode provider : get("/v1/providers").path("data")) {
      states.put(provider.path("name").asText(), provider.path("state").asText());
    }
    for (JsonNode model : models) {
      String state = states.get(model.path("provider").asText());
      assertThat(model.path("state").asText()).as(model.toString()).isEqualTo(state);
      assertThat(model.path("available").asBoolean())
          .isEqualTo(List.of("up", "unknown", "degraded").contains(state));
    }
  }

  @Test
  void aWeightIsChangedWhileTheGatewayRunsAndGoesBackToThatOfTheSettings() throws Exception {
    assertThat(get("/admin/fair/weights").at("/tenants/acme").toString())
        .isEqualTo("{\"weight\":3,\"qos\":\"gold\",\"live\":false}");
    Reply set = send("POST /admin/fair/weight?tenant=acme&weight=7", MANAGER);
    assertThat(set.json().at("/tenants/acme").toString())
        .isEqualTo("{\"weight\":7,\"qos\":\"gold\",\"live\":true}");
    send("POST /admin/fair/weight?session=nightly&weight=2", MANAGER);
    assertThat(get("/admin/fair/weights").at("/sessions/nightly/weight").asInt()).isEqualTo(2);

    send("DELETE /admin/fair/weight?tenant=acme", MANAGER);
    send("DELETE /admin/fair/weight?session=nightly", MANAGER);
    JsonNode weights = get("/admin/fair/weights");
    assertThat(weights.at("/tenants/acme/weight").asInt()).isEqualTo(3);
    assertThat(weights.path("sessions").isEmpty()).isTrue();
  }

  @Test
  void aWeightThatCannotBeUsedIsRefused() throws Exception {
    for (String query :
        List.of(
            "",
            "?weight=3",
            "?tenant=a",
            "?tenant=a&weight=0",
            "?tenant=a&weight=1001",
            "?tenant=a&weight=x",
            "?tenant=a&session=b&weight=3",
            "?tenant=&weight=3",
            "?tenant=a&weight=3&more=1")) {
      Reply refused = send("POST /admin/fair/weight" + query, MANAGER);
      assertThat(refused.status()).as(query).isEqualTo(400);
      assertThat(refused.error()).as(query).isEqualTo("invalid_request");
    }
  }

  @Test
  void errorsUnderAdminAreACodeAndADetail() throws Exception {
    Map<String, List<String>> refusals =
        Map.of(
            "GET /admin/version", List.of("", "401", "authentication_failed"),
            "GET /admin/none", List.of(MANAGER, "404", "not_found"),
            "POST /admin/version", List.of(MANAGER, "405", "method_not_allowed"),
            "POST /admin/fair/weight", List.of(AUDITOR, "403", "permission_denied"),
            "DELETE /admin/keys/key_none", List.of(MANAGER, "404", "key_not_found"),
            "GET /admin/audit?more=1", List.of(AUDITOR, "400", "invalid_request"));
    for (Map.Entry<String, List<String>> each : refusals.entrySet()) {
      List<String> expected = each.getValue();
      Reply refused = send(each.getKey(), expected.get(0));
      String what = each.getKey() + ": " + refused.json();
      assertThat(refused.status()).as(what).isEqualTo(Integer.parseInt(expected.get(1)));
      assertThat(refused.error()).as(what).isEqualTo(expected.get(2));
      assertThat(refused.json().path("detail").asText()).as(what).isNotEmpty();
    }
    assertThat(send("GET /administration", MANAGER).json().at("/error/code").asText())
        .as("not under /admin")
        .isEqualTo("not_found");
  }

  @Test
  void aKeyWithTheRoleReadSeesAndChangesNothing() throws Exception {
    Reply made = send(gateway, "POST /admin/keys", MANAGER, "{\"roles\": [\"read\"]}");
    assertThat(made.status()).as(made.json().toString()).isEqualTo(200);
    assertThat(made.json().path("roles").toString()).isEqualTo("[\"auditor\"]");
    String key = made.json().path("key").asText();
    String id = made.json().path("hash_prefix").asText();

    JsonNode listed = send("GET /admin/keys", key).json();
    assertThat(listed.path("keys").findValuesAsText("hash_prefix")).contains(id);
    assertThat(listed.toString()).doesNotContain(key);
    assertThat(send(gateway, "POST /admin/keys", key, "{\"roles\": [\"read\"]}").error())
        .isEqualTo("permission_denied");
    assertThat(send("GET /admin/audit", key).json().path("data").isArray()).isTrue();
    assertThat(send("DELETE /admin/keys/" + id, MANAGER).status()).isEqualTo(200);
    assertThat(send("GET /admin/keys", key).error()).isEqualTo("authentication_failed");
  }

  @Test
  void noRoleGivesMoreThanItsCallerHas() throws Exception {
    for (String roles : List.of("[]", "[\"read\", \"user\"]", "[\"wrte\"]", "\"read\"")) {
      String body = "{\"roles\": " + roles + "}";
      assertThat(send(gateway, "POST /admin/keys", MANAGER, body).status())
          .as(roles)
          .isEqualTo(400);
    }
    String role = "{\"id\": \"keeper\", \"permissions\": [\"admin:users\", \"admin:read\"]}";
    send(gateway, "POST /v1/roles", MANAGER, role);
    String keeper =
        send(gateway, "POST /admin/keys", MANAGER, "{\"roles\": [\"keeper\"]}")
            .json()
            .path("key")
            .asText();
    for (String wide : List.of("write", "admin", "read")) {
      String body = "{\"roles\": [\"" + wide + "\"]}";
      assertThat(send(gateway, "POST /admin/keys", keeper, body).error())
          .as(wide)
          .isEqualTo("permission_denied");
    }
  }

  @Test
  void theLastKeyThatManagesKeysStays(@TempDir Path alone) throws Exception {
    try (Gateway other = gateway(alone)) {
      Reply first = send(other, "POST /admin/keys", "", "{\"roles\": [\"read\", \"write\"]}");
      assertThat(first.json().path("roles").toString()).isEqualTo("[\"manager\"]");
      String key = first.json().path("key").asText();
      String path = "DELETE /admin/keys/" + first.json().path("hash_prefix").asText();
      String second = "{\"roles\": [\"write\"], \"name\": \"second\"}";
      send(other, "POST /admin/keys", key, "{\"roles\": [\"read\"], \"name\": \"reader\"}");

      assertThat(send(other, path, key, "").error()).isEqualTo("last_key");
      send(other, "POST /admin/keys", key, second);
      assertThat(send(other, path, key, "").status()).isEqualTo(200);
    }
  }

  @Test
  void aReplySaysWhatFollowsWhenNoKeyWorksAnyMore(@TempDir Path alone) throws Exception {
    try (Gateway other = gateway(alone)) {
      JsonNode made = send(other, "POST /admin/keys", "", "{\"roles\": [\"write\"]}").json();
      String key = made.path("key").asText();
      String path = "/v1/keys/" + made.path("hash_prefix").asText();
      JsonNode second = send(other, "POST /v1/keys", key, "{\"name\": \"second\"}").json();
      String more = "DELETE /v1/keys/" + second.at("/data/id").asText();
      assertThat(send(other, more, key, "").json().path("warnings").toString()).isEqualTo("[]");

      JsonNode last = send(other, "DELETE " + path, key, "").json();
      assertThat(last.path("deleted").asBoolean()).isTrue();
      assertThat(last.at("/warnings/0").asText())
          .contains("every request gets 401", "./serai keys create --name NAME");
      assertThat(send(other, "GET /admin/version", key, "").status()).isEqualTo(401);
    }
  }

  @Test
  void aKeyThatDisablesItselfAsTheLastOneReceivesAWarning(@TempDir Path alone) throws Exception {
    try (Gateway other = gateway(alone)) {
      JsonNode made = send(other, "POST /admin/keys", "", "{\"roles\": [\"write\"]}").json();
      String path = "PATCH /v1/keys/" + made.path("hash_prefix").asText();
      String key = made.path("key").asText();
      JsonNode reply = send(other, path, key, "{\"disabled\": true}").json();
      assertThat(reply.at("/warnings/0").asText()).contains("./serai keys enable KEY");
    }
  }
}

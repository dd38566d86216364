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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles that operators define, in the settings and over HTTP, in a gateway that runs. */
class CustomRolesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MANAGER = "manager-0123456789abcdef";
  private static final String KEEPER = "keeper-0123456789abcdef";
  private static final String CONFINED = "confined-0123456789abcdef";
  private static final String SETTINGS =
      """
      auth:
        roles:
          keeper: [admin:users, admin:read, usage:read]
          confined: [admin:users, usage:read]
        keys:
          - {name: manager, role: manager, key: %s}
          - {name: keeper, role: keeper, key: %s}
          - {name: confined, role: confined, tenant: acme, key: %s}
      """
          .formatted(MANAGER, KEEPER, CONFINED);

  @TempDir static Path folder;
  private static Gateway gateway;
  private static HttpClient client;

  @BeforeAll
  static void start() throws Exception {
    Files.writeString(folder.resolve("serai.yaml"), SETTINGS);
    Map<String, String> environment = new HashMap<>();
    environment.put("SERVER_PORT", "0");
    environment.put("SERAI_MODEL_LISTS", "false");
    environment.put("LOG_FILE", folder.resolve("serai.log").toString());
    Path checkout = Path.of(System.getProperty("serai.checkout", ".."));
    gateway = Gateway.start(Gateway.settings(environment, folder), environment, checkout);
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    client.close();
    gateway.close();
  }

  /** What the gateway replies. */
  private record Reply(int status, JsonNode json) {
    String code() {
      return json.at("/error/code").asText();
    }

    String message() {
      return json.at("/error/message").asText();
    }
  }

  private static Reply send(String method, String path, String key, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
            .header("content-type", "application/json")
            .header("authorization", "Bearer " + key)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> reply = client.send(request, BodyHandlers.ofString());
    return new Reply(reply.statusCode(), JSON.readTree(reply.body()));
  }

  private static Reply createRole(String key, String id, String permissions) throws Exception {
    return send(
        "POST",
        "/v1/roles",
        key,
        "{\"id\": \"" + id + "\", \"permissions\": [" + permissions + "]}");
  }

  private static Reply createKey(String by, String name, String role) throws Exception {
    return send("POST", "/v1/keys", by, "{\"name\": \"" + name + "\", \"role\": \"" + role + "\"}");
  }

  @Test
  void aKeyMayDoWhatItsStoredRoleAllowsAndNothingElse() throws Exception {
    Reply role = createRole(MANAGER, "lister", "\"api:models\", \"usage:read\"");
    assertThat(role.status()).as(role.json().toString()).isEqualTo(200);
    assertThat(role.json().at("/data/source").asText()).isEqualTo("stored");
    String key = createKey(MANAGER, "list", "lister").json().path("key").asText();

    assertThat(send("GET", "/v1/models", key, "").status()).isEqualTo(200);
    Reply refused = send("GET", "/v1/roles", key, "");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("permission_denied");
    assertThat(refused.message()).contains("admin:read");
    assertThat(send("GET", "/v1/roles", "no-key-0123456789abcdef", "").code())
        .isEqualTo("invalid_api_key");
  }

  @Test
  void whoManagesKeysGrantsNoPermissionThatItLacks() throws Exception {
    for (String role : List.of("admin", "manager", "auditor")) {
      Reply refused = createKey(KEEPER, "wide-" + role, role);
      assertThat(refused.status()).as(role).isEqualTo(403);
      assertThat(refused.message()).contains("itself lacks the permission");
    }
    for (String permission : List.of("admin:system", "admin:logs", "metrics:read")) {
      Reply refused = createRole(KEEPER, "wide", "\"usage:read\", \"" + permission + "\"");
      assertThat(refused.status()).as(permission).isEqualTo(403);
      assertThat(refused.message()).contains(permission);
    }
    assertThat(createRole(MANAGER, "system", "\"admin:system\"").status()).isEqualTo(200);
    assertThat(createKey(KEEPER, "system", "system").status()).isEqualTo(403);
    assertThat(send("DELETE", "/v1/roles/system", KEEPER, "").status()).isEqualTo(403);
    String user = "{\"name\": \"eve\", \"role\": \"system\"}";
    assertThat(send("POST", "/v1/users", KEEPER, user).status()).isEqualTo(403);
    assertThat(createRole(KEEPER, "own", "\"usage:read\", \"admin:users\"").status())
        .isEqualTo(200);
    assertThat(createKey(KEEPER, "own", "own").status()).isEqualTo(200);
  }

  @Test
  void aCallerThatSeesOneTenantOnlyMakesNoRoles() throws Exception {
    Reply refused = createRole(CONFINED, "mine", "\"usage:read\"");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.message()).contains("all tenants", "admin:read");
    assertThat(createKey(CONFINED, "all", "keeper").status()).isEqualTo(403);
    assertThat(createKey(CONFINED, "mine", "confined").status()).isEqualTo(200);
  }

  @Test
  void rolesThatAreBuiltInConfiguredOrUsedStay() throws Exception {
    createRole(MANAGER, "used", "\"chat:basic\"");
    String id = createKey(MANAGER, "user", "used").json().at("/data/id").asText();
    Map<String, String> codes =
        Map.of("admin", "role_not_stored", "keeper", "role_not_stored", "used", "role_in_use");
    for (Map.Entry<String, String> each : codes.entrySet()) {
      Reply refused = send("DELETE", "/v1/roles/" + each.getKey(), MANAGER, "");
      assertThat(refused.status()).as(each.getKey()).isEqualTo(409);
      assertThat(refused.code()).isEqualTo(each.getValue());
    }
    assertThat(createRole(MANAGER, "admin", "\"chat:basic\"").code()).isEqualTo("role_exists");
    assertThat(createRole(MANAGER, "keeper", "\"chat:basic\"").code()).isEqualTo("role_exists");

    send("DELETE", "/v1/keys/" + id, MANAGER, "");
    assertThat(send("DELETE", "/v1/roles/used", MANAGER, "").status()).isEqualTo(200);
    assertThat(send("GET", "/v1/roles/used", MANAGER, "").code()).isEqualTo("role_not_found");
  }

  @Test
  void rolesAreListedWithTheirPermissionsAndWhereTheyAreDefined() throws Exception {
    JsonNode all = send("GET", "/v1/roles", MANAGER, "").json().path("data");
    assertThat(all.findValuesAsText("id"))
        .startsWith("admin", "developer", "user", "readonly", "manager", "auditor", "keeper");
    JsonNode keeper = send("GET", "/v1/roles/keeper", MANAGER, "").json().path("data");
    assertThat(keeper.path("source").asText()).isEqualTo("settings");
    assertThat(keeper.path("permissions").toString())
        .isEqualTo("[\"usage:read\",\"admin:read\",\"admin:users\"]");
    assertThat(send("GET", "/v1/roles/admin", MANAGER, "").json().at("/data/source").asText())
        .isEqualTo("built_in");
  }

  @Test
  void aMisspeltNameIsRefusedWithTheNearestOne() throws Exception {
    Reply role = createKey(MANAGER, "typo", "keepr");
    assertThat(role.status()).isEqualTo(400);
    assertThat(role.message()).contains("no role 'keepr'. Did you mean 'keeper'?");
    Reply permission = createRole(MANAGER, "typo", "\"chat:basics\"");
    assertThat(permission.status()).isEqualTo(400);
    assertThat(permission.message()).contains("Did you mean 'chat:basic'?", "admin:system");
    for (String bad : List.of("{}", "{\"id\": \"A b\"}", "{\"id\": \"x\", \"permissions\": []}")) {
      assertThat(send("POST", "/v1/roles", MANAGER, bad).status()).as(bad).isEqualTo(400);
    }
    assertThat(createRole(MANAGER, "stars", "\"chat:*\"").status()).isEqualTo(400);
  }
}

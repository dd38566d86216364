package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Callers of one tenant ask for everything that belongs to another one. A full run
 * (-Dserai.load=full) makes 10,000 requests.
 */
class TenantIsolationTest {
  private static final String CANARY = "isolation-0123456789abcdef";
  private static final String MANAGER = "manager-" + CANARY;
  private static final int REQUESTS =
      "full".equals(System.getProperty("serai.load")) ? 10_000 : 600;

  @TempDir static Path folder;
  private static Served<CassetteServer> served;

  @BeforeAll
  static void start() {
    CassetteServer provider = CassetteServer.start();
    served =
        Served.start(
            provider,
            RunningGateway.in(folder)
                .providersAt(provider.url())
                .settings(
                    """
                    auth:
                      keys:
                        - {name: shop, key: acme-%1$s, role: developer, tenant: acme, team: web, user: ann}
                        - {name: lab, key: globex-%1$s, role: developer, tenant: globex, user: bob}
                    """
                        .formatted(CANARY))
                .with("ROUTER_ADMIN_KEYS", MANAGER));
  }

  @AfterAll
  static void stop() throws Exception {
    served.close();
  }

  private static JsonNode manage(String method, String path, String body) {
    Caller.Reply reply = served.http().send(method, path, MANAGER, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private static Caller.Reply chat(String key, String session) {
    return served
        .http()
        .send(
            served
                .http()
                .to(
                    "/v1/responses",
                    "{\"model\":\"openai/text\",\"input\":\"Hi\"}".getBytes(StandardCharsets.UTF_8))
                .header("x-api-key", key)
                .header("x-serai-session", session));
  }

  @Test
  void noRequestOfOneTenantShowsOrChangesWhatBelongsToAnother() {
    String key =
        manage("POST", "/v1/keys", "{\"name\":\"hidden-key\",\"tenant\":\"globex\"}")
            .at("/data/id")
            .asText();
    manage("POST", "/v1/tenants", "{\"id\":\"globex\",\"description\":\"hidden-words\"}");
    String user =
        manage("POST", "/v1/users", "{\"name\":\"hidden-user\",\"tenant\":\"globex\"}")
            .at("/data/id")
            .asText();
    Caller.Reply theirs = chat("globex-" + CANARY, "hidden-session");
    assertThat(theirs.status()).as(theirs.body()).isEqualTo(200);
    String response = theirs.json().path("id").asText();
    String call = theirs.header("x-request-id");
    String object = "{\"object\":\"hidden-words\"}";
    assertThat(served.http().send("PUT", "/v1/memory/notes/n1", "globex-" + CANARY, object).body())
        .isEqualTo("{\"ok\":true}");
    String session =
        served
            .http()
            .send("POST", "/v1/sessions", "globex-" + CANARY, "{\"metadata\":{\"a\":\"hidden-s\"}}")
            .json()
            .path("id")
            .asText();
    List<String> hidden = List.of(key, user, response, call, "hidden-", "globex\"", "\"bob\"");

    List<String> requests = new ArrayList<>();
    for (String id : List.of(key, "key_none")) {
      requests.addAll(all("/v1/keys/" + id));
    }
    requests.addAll(all("/v1/tenants/globex"));
    requests.addAll(all("/v1/users/" + user));
    for (String list : List.of("keys", "tenants", "users")) {
      requests.add("GET /v1/" + list);
      requests.add("GET /v1/" + list + "?tenant=globex");
      requests.add("POST /v1/" + list);
    }
    requests.addAll(
        List.of(
            "GET /v1/usage",
            "GET /v1/usage?tenant=globex",
            "GET /v1/usage/" + call,
            "GET /v1/usage/summary",
            "GET /v1/usage/summary?tenant=globex",
            "GET /v1/roles",
            "GET /v1/usage?group_by=tenant,session,user",
            "GET /v1/usage?session=hidden-session",
            "GET /v1/responses/" + response,
            "DELETE /v1/responses/" + response,
            "GET /v1/memory/notes/n1",
            "GET /v1/memory/notes",
            "DELETE /v1/memory/notes/n1",
            "GET /v1/sessions",
            "GET /v1/sessions/" + session,
            "GET /v1/sessions/" + session + "/messages",
            "PATCH /v1/sessions/" + session,
            "DELETE /v1/sessions/" + session,
            "GET /api/v1/sessions/" + session,
            "DELETE /api/v1/sessions/" + session,
            "GET /v1/responses/" + response + "/input_items"));
    Random random = new Random(22);
    for (int i = 0; i < REQUESTS; i++) {
      String request = requests.get(random.nextInt(requests.size()));
      String[] parts = request.split(" ");
      String body =
          parts[0].equals("GET") || parts[0].equals("DELETE") ? "" : "{\"disabled\":true}";
      Caller.Reply reply = served.http().send(parts[0], parts[1], "acme-" + CANARY, body);
      assertThat(reply.status()).as(request).isNotEqualTo(500);
      if (reply.status() == 200) {
        assertThat(reply.body()).as(request).doesNotContain(hidden);
      } else {
        assertThat(reply.body()).as(request).doesNotContain("hidden-words", "\"bob\"");
      }
    }

    assertThat(manage("GET", "/v1/keys/" + key, "").at("/data/disabled").asBoolean()).isFalse();
    assertThat(manage("GET", "/v1/users/" + user, "").at("/data/disabled").asBoolean()).isFalse();
    assertThat(manage("GET", "/v1/tenants/globex", "").at("/data/disabled").asBoolean()).isFalse();
    assertThat(
            served.http().send("GET", "/v1/responses/" + response, "globex-" + CANARY, "").status())
        .as("not deleted")
        .isEqualTo(200);
    assertThat(served.http().send("GET", "/v1/memory/notes/n1", "globex-" + CANARY, "").body())
        .isEqualTo(object.replace(" ", ""));
  }

  private static List<String> all(String path) {
    return List.of("GET " + path, "PATCH " + path, "DELETE " + path);
  }

  @Test
  void aDisabledTenantRefusesTheKeysOfTheSettingsToo() {
    manage("POST", "/v1/tenants", "{\"id\":\"acme\",\"disabled\":true}");
    Caller.Reply refused = served.http().send("GET", "/v1/models", "acme-" + CANARY, "");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.body()).contains("disabled");
    manage("PATCH", "/v1/tenants/acme", "{\"disabled\":false}");
    assertThat(served.http().send("GET", "/v1/models", "acme-" + CANARY, "").status())
        .isEqualTo(200);
    manage("DELETE", "/v1/tenants/acme", "");
  }
}

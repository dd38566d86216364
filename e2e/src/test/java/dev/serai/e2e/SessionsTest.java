package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways on one PostgreSQL: what the one stores of a session, the other reads. */
class SessionsTest {
  private static final String SETTINGS =
      """
      providers:
        poor: {kind: openai-compatible, base_url: "%2$s/v1", api_key: %1$s, models: [text]}
      limits: {keys: {requests_per_second: 0}}
      auth:
        keys:
          - {name: shop, key: shop-0123456789abcdef, role: user, tenant: shop}
          - {name: till, key: till-0123456789abcdef, role: user, tenant: shop}
          - {name: desk, key: desk-0123456789abcdef, role: admin, tenant: shop}
          - {name: mill, key: mill-0123456789abcdef, role: admin, tenant: mill}
          - {name: eyes, key: eyes-0123456789abcdef, role: readonly, tenant: shop}
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir static Path folder;
  private static TwoGateways gateways;

  @BeforeAll
  static void start() throws Exception {
    gateways = new TwoGateways(folder, SETTINGS);
  }

  @AfterAll
  static void stop() throws Exception {
    gateways.close();
  }

  private static Caller.Reply one(String method, String path, String body) {
    return send("shop", gateways.one, method, path, body);
  }

  private static Caller.Reply other(String method, String path, String body) {
    return send("shop", gateways.other, method, path, body);
  }

  private static Caller.Reply send(
      String key, RunningGateway gateway, String method, String path, String body) {
    return gateways.http.send(method, gateway.url() + path, key + "-0123456789abcdef", body);
  }

  private static String created() {
    return one("POST", "/v1/sessions", "{}").json().path("id").asText();
  }

  @Test
  void aSessionIsCreatedReadChangedAndDeletedThroughEitherGateway() {
    Caller.Reply made =
        one("POST", "/v1/sessions", "{\"metadata\":{\"n\": 1.50},\"ttl_seconds\":60}");
    assertThat(made.status()).as(made.body()).isEqualTo(200);
    assertThat(made.body()).contains("\"metadata\":{\"n\": 1.50}", "\"status\":\"active\"");
    assertThat(made.header("cache-control")).isEqualTo("no-store");
    String path = "/v1/sessions/" + made.json().path("id").asText();
    assertThat(other("GET", path, "").body()).isEqualTo(made.body());
    Caller.Reply changed =
        other("PATCH", path, "{\"status\":\"paused\",\"variables\":{\"city\":\"Oslo\"}}");
    assertThat(changed.json().path("status").asText()).isEqualTo("paused");
    assertThat(one("GET", path, "").json().at("/variables/city").asText()).isEqualTo("Oslo");
    Caller.Reply early = one("POST", path + "/messages", "{\"content\":\"x\"}");
    assertThat(early.status()).isEqualTo(409);
    assertThat(early.json().at("/error/code").asText()).isEqualTo("session_not_active");
    assertThat(one("DELETE", path, "").json().path("deleted").asBoolean()).isTrue();
    for (String method : new String[] {"GET", "DELETE"}) {
      Caller.Reply gone = other(method, path, "");
      assertThat(gone.status()).isEqualTo(404);
      assertThat(gone.json().at("/error/code").asText()).isEqualTo("session_not_found");
    }
  }

  @Test
  void messagesAreListedByPageAndByWhatTheyAre() {
    String path = "/v1/sessions/" + created() + "/messages";
    for (String text : new String[] {"Red", "green", "Blue"}) {
      Caller.Reply added =
          one("POST", path, "{\"content\":\"" + text + "\",\"metadata\":{\"k\":1}}");
      assertThat(added.status()).as(added.body()).isEqualTo(200);
    }
    one("POST", path, "{\"content\":\"tool\",\"role\":\"tool\",\"message_type\":\"tool_result\"}");
    JsonNode page = other("GET", path + "?limit=2", "").json();
    assertThat(page.at("/data/0/content").asText()).isEqualTo("Red");
    assertThat(page.path("has_more").asBoolean()).isTrue();
    String last = page.at("/data/1/number").asText();
    JsonNode rest = other("GET", path + "?after=" + last, "").json();
    assertThat(rest.at("/data/0/content").asText()).isEqualTo("Blue");
    assertThat(rest.path("has_more").asBoolean()).isFalse();
    assertThat(other("GET", path + "?q=GREE", "").json().path("data")).hasSize(1);
    assertThat(other("GET", path + "?role=tool&type=tool_result", "").json().path("data"))
        .hasSize(1);
    assertThat(other("GET", path + "?until=2020-01-01T00:00:00Z", "").json().path("data"))
        .isEmpty();
    assertThat(other("GET", path + "?order=desc", "").json().at("/data/0/role").asText())
        .isEqualTo("tool");
  }

  @Test
  void theOtherPathsHaveTheirOwnForm() {
    Caller.Reply made = one("POST", "/api/v1/sessions", "{\"metadata\":{\"a\":1}}");
    assertThat(made.status()).as(made.body()).isEqualTo(200);
    assertThat(made.json().properties().stream().map(java.util.Map.Entry::getKey))
        .containsExactly("id", "created_at", "updated_at", "message_count", "metadata");
    String id = made.json().path("id").asText();
    one("POST", "/v1/sessions/" + id + "/messages", "{\"content\":\"first\"}");
    one("POST", "/v1/sessions/" + id + "/messages", "{\"content\":\"second\"}");
    JsonNode messages = other("GET", "/api/v1/sessions/" + id + "/messages?limit=1", "").json();
    assertThat(messages).hasSize(1);
    assertThat(messages.at("/0/content").asText()).isEqualTo("second");
    assertThat(messages.at("/0/session_id").asText()).isEqualTo(id);
    JsonNode both = other("GET", "/api/v1/sessions/" + id + "/messages", "").json();
    assertThat(both.at("/0/content").asText()).isEqualTo("first");
    JsonNode shown = other("GET", "/api/v1/sessions/" + id, "").json();
    assertThat(shown.path("message_count").asInt()).isEqualTo(2);
    assertThat(shown.path("context").isObject()).isTrue();
    assertThat(other("GET", "/api/v1/sessions?limit=1", "").json()).hasSize(1);
    assertThat(one("DELETE", "/api/v1/sessions/" + id, "").body())
        .isEqualTo("{\"message\":\"Session " + id + " deleted\"}");
    for (String path : new String[] {"", "/messages"}) {
      Caller.Reply gone = other("GET", "/api/v1/sessions/" + id + path, "");
      assertThat(gone.status()).isEqualTo(404);
      assertThat(gone.body()).isEqualTo("{\"detail\":\"Session " + id + " not found\"}");
    }
    assertThat(other("GET", "/api/v1/sessions?limit=0", "").body())
        .isEqualTo("{\"detail\":\"'limit' must be a number from 1 to 100.\"}");
  }

  @Test
  void onlyItsOwnerAndThoseWhoMayReadEverythingOfItsTenantSeeASession() {
    String id = created();
    String path = "/v1/sessions/" + id;
    one("POST", path + "/messages", "{\"content\":\"private\"}");
    for (String stranger : new String[] {"till", "mill"}) {
      for (String method : new String[] {"GET", "PATCH", "DELETE"}) {
        String body = method.equals("PATCH") ? "{}" : "";
        assertThat(send(stranger, gateways.other, method, path, body).status())
            .as(stranger + " " + method)
            .isEqualTo(404);
      }
      assertThat(send(stranger, gateways.other, "GET", path + "/messages", "").status())
          .isEqualTo(404);
      assertThat(send(stranger, gateways.other, "GET", "/v1/sessions?limit=100", "").body())
          .doesNotContain(id);
    }
    assertThat(send("eyes", gateways.one, "GET", path, "").status()).isEqualTo(403);
    assertThat(send("desk", gateways.other, "GET", path + "/messages", "").body())
        .contains("private");
    assertThat(send("desk", gateways.other, "GET", "/v1/sessions?limit=100", "").body())
        .contains(id);
    assertThat(one("GET", path, "").json().path("message_count").asInt()).isEqualTo(1);
    assertThat(send("desk", gateways.other, "DELETE", path, "").status()).isEqualTo(200);
  }

  @Test
  void aCallThroughOneGatewayGoesOnThroughTheOtherAndOnlyForItsOwner() {
    String session = created();
    String body =
        "{\"model\":\"poor/text\",\"session_id\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}";
    Caller.Reply begun = one("POST", "/v1/chat/completions", body.formatted(session, "begin"));
    assertThat(begun.status()).as(begun.body()).isEqualTo(200);
    Until.holds(
        PATIENCE,
        "stored",
        () ->
            other("GET", "/v1/sessions/" + session, "").json().path("message_count").asInt() == 2);
    other("POST", "/v1/chat/completions", body.formatted(session, "go on"));
    assertThat(gateways.provider.received().getLast().toString()).contains("begin", "go on");
    for (String stranger : new String[] {"till", "mill"}) {
      Caller.Reply refused =
          send(
              stranger,
              gateways.other,
              "POST",
              "/v1/chat/completions",
              body.formatted(session, "steal"));
      assertThat(refused.status()).as(stranger).isEqualTo(404);
    }
    assertThat(gateways.provider.received().getLast().toString()).doesNotContain("steal");
  }

  @Test
  void aWrongRequestIsRefusedWithWhatIsWrong() {
    String path = "/v1/sessions/" + created();
    wrong("POST", "/v1/sessions", "{\"metdata\":{}}", "Did you mean 'metadata'");
    wrong("POST", "/v1/sessions", "{\"metadata\":[]}", "'metadata' must be an object");
    wrong("POST", "/v1/sessions", "{\"ttl_seconds\":0}", "'ttl_seconds' must be");
    String large = "{\"context\":{\"x\":\"" + "x".repeat(16 * 1024) + "\"}}";
    wrong("PATCH", path, large, "at most 16384 bytes");
    wrong("PATCH", path, "{\"status\":\"expired\"}", "'status' must be");
    wrong("GET", "/v1/sessions?status=x", "", "'status' must be");
    wrong("GET", "/v1/sessions?after=sess_none", "", "'after' must be");
    wrong("POST", path + "/messages", "{}", "'content'");
    wrong(
        "POST",
        path + "/messages",
        "{\"content\":\"x\",\"role\":\"bot\"}",
        "must be one of system, user, assistant, tool");
    wrong("GET", path + "/messages?since=yesterday", "", "'since' must be");
    wrong("GET", path + "/messages?order=up", "", "'order' must be");
    String huge = "{\"content\":\"" + "x".repeat(1024 * 1024 + 1) + "\"}";
    Caller.Reply refused = one("POST", path + "/messages", huge);
    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.json().at("/error/code").asText()).isEqualTo("message_too_large");
  }

  private static void wrong(String method, String path, String body, String said) {
    Caller.Reply reply = one(method, path, body);
    assertThat(reply.status()).as(path + " " + body + " " + reply.body()).isEqualTo(400);
    assertThat(reply.body()).contains(said);
  }
}

package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prompts are managed over HTTP, on two gateways with one PostgreSQL. */
class StoredPromptsTest {
  private static final String SETTINGS =
      """
      providers:
        red: {kind: openai-compatible, base_url: "%2$s/v1", api_key: %1$s, models: [text]}
      limits:
        keys: {requests_per_second: 0}
      auth:
        roles:
          author: [prompts:read, prompts:write]
        keys:
          - {name: shop, key: shop-0123456789abcdef, role: author, tenant: shop, models: [red/*]}
          - {name: mill, key: mill-0123456789abcdef, role: author, tenant: mill}
          - {name: reader, key: reader-0123456789abcdef, role: developer, tenant: shop}
          - {name: caller, key: caller-0123456789abcdef, role: user, tenant: shop}
          - {name: boss, key: boss-0123456789abcdef, role: admin, tenant: house}
      """;
  private static final String PATH = "/v1/prompts";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

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

  private static Caller.Reply send(
      RunningGateway at, String method, String key, String path, String body, String... fields) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(at.url() + PATH + path))
            .header("content-type", "application/json")
            .header("x-api-key", key + "-0123456789abcdef")
            .method(method, BodyPublishers.ofByteArray(body.replace('\'', '"').getBytes(UTF_8)));
    for (int i = 0; i < fields.length; i += 2) {
      request.header(fields[i], fields[i + 1]);
    }
    return gateways.http.send(request);
  }

  private static JsonNode done(String method, String key, String path, String body) {
    Caller.Reply reply = send(gateways.one, method, key, path, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private static void refused(int status, String code, Caller.Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.json().at("/error/code").asText()).isEqualTo(code);
  }

  private static void create(String name, String... texts) {
    done("POST", "shop", "", "{'name': '" + name + "'}");
    for (String text : texts) {
      done("POST", "shop", "/" + name + "/versions", "{'text': '" + text + "'}");
    }
  }

  @Test
  void versionsAreAddedShownComparedAndListed() {
    create("greet", "Hi {{name}}", "Hello {{name}}\\nBye");
    JsonNode third =
        done(
            "POST",
            "shop",
            "/greet/versions",
            "{'messages': [{'role': 'system', 'content': 'Hello {{name}}'}], 'model': 'red/text',"
                + " 'comment': 'why', 'label': 'staging'}");
    assertThat(third.path("version").asInt()).isEqualTo(3);
    assertThat(third.path("labels").toString()).isEqualTo("[\"staging\"]");
    assertThat(third.path("created_by").asText()).isEqualTo("shop");
    JsonNode shown = send(gateways.other, "GET", "reader", "/greet/versions/staging", "").json();
    assertThat(shown).isEqualTo(third);
    assertThat(done("GET", "reader", "/greet/versions/latest", "")).isEqualTo(third);
    JsonNode page = done("GET", "reader", "/greet/versions?limit=2", "");
    assertThat(page.at("/data/1/version").asInt()).isEqualTo(2);
    assertThat(page.path("has_more").asBoolean()).isTrue();
    JsonNode last = done("GET", "reader", "/greet/versions?limit=2&after=2", "");
    assertThat(last.at("/data/0/version").asInt()).isEqualTo(1);
    assertThat(last.path("has_more").asBoolean()).isFalse();
    assertThat(done("GET", "reader", "/greet/diff?from=1&to=2", "").path("diff").asText())
        .isEqualTo(" user:\n-  Hi {{name}}\n+  Hello {{name}}\n+  Bye\n");
    assertThat(done("GET", "reader", "", "").path("data").findValuesAsText("name"))
        .contains("greet");
  }

  @Test
  void aLabelIsMovedOnlyFromTheVersionThatTheRequestExpects() {
    create("moved", "one", "two", "three");
    String label = "/moved/labels/production";
    Caller.Reply set =
        send(gateways.one, "PUT", "shop", label, "{'version': 1}", "if-none-match", "*");
    assertThat(set.header("etag")).isEqualTo("\"1\"");
    refused(
        412,
        "precondition_failed",
        send(gateways.other, "PUT", "shop", label, "{'version': 2}", "if-none-match", "*"));
    refused(
        412,
        "precondition_failed",
        send(gateways.other, "PUT", "shop", label, "{'version': 2}", "if-match", "\"3\""));
    Caller.Reply moved =
        send(gateways.other, "PUT", "shop", label, "{'version': 2}", "if-match", "\"1\"");
    assertThat(moved.json().path("version").asInt()).as(moved.body()).isEqualTo(2);
    assertThat(send(gateways.one, "GET", "reader", label, "").header("etag")).isEqualTo("\"2\"");
    refused(
        404,
        "prompt_version_not_found",
        send(gateways.one, "PUT", "shop", label, "{'version': 4}"));
    refused(
        409,
        "prompt_version_labelled",
        send(gateways.one, "DELETE", "shop", "/moved/versions/2", ""));
    refused(409, "prompt_labelled", send(gateways.one, "DELETE", "shop", "/moved", ""));
    done("DELETE", "shop", label, "");
    refused(404, "prompt_label_not_found", send(gateways.one, "GET", "reader", label, ""));
    done("DELETE", "shop", "/moved/versions/2", "");
    done("DELETE", "shop", "/moved", "");
    refused(404, "prompt_not_found", send(gateways.one, "GET", "reader", "/moved", ""));
  }

  @Test
  void ofMovesInBothGatewaysThatExpectTheSameVersionOneIsMade() throws Exception {
    create("raced", "one", "two");
    String label = "/raced/labels/production";
    for (int round = 0; round < 10; round++) {
      done("PUT", "shop", label, "{'version': 1}");
      List<Future<Integer>> moves = new ArrayList<>();
      try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
        for (int i = 0; i < 4; i++) {
          RunningGateway at = i % 2 == 0 ? gateways.one : gateways.other;
          moves.add(
              callers.submit(
                  () ->
                      send(at, "PUT", "shop", label, "{'version': 2}", "if-match", "\"1\"")
                          .status()));
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> move : moves) {
          statuses.add(move.get());
        }
        assertThat(statuses).containsExactlyInAnyOrder(200, 412, 412, 412);
      }
    }
  }

  @Test
  void thePromptsOfAnotherTenantAreAsUnknownAsNone() {
    create("hidden", "secret");
    String id = done("GET", "shop", "/hidden", "").path("id").asText();
    for (String name : List.of("hidden", id, "none")) {
      for (String path : List.of("", "/versions", "/versions/1", "/diff?from=1&to=1")) {
        refused(404, "prompt_not_found", send(gateways.one, "GET", "mill", "/" + name + path, ""));
      }
      for (String path : List.of("", "/versions/1", "/labels/production")) {
        refused(
            404, "prompt_not_found", send(gateways.one, "DELETE", "mill", "/" + name + path, ""));
      }
      refused(
          404,
          "prompt_not_found",
          send(gateways.one, "PATCH", "mill", "/" + name, "{'description': 'x'}"));
      refused(
          404,
          "prompt_not_found",
          send(gateways.one, "POST", "mill", "/" + name + "/versions", "{'text': 'x'}"));
      refused(
          404,
          "prompt_not_found",
          send(gateways.one, "PUT", "mill", "/" + name + "/labels/production", "{'version': 1}"));
    }
    assertThat(done("GET", "mill", "", "").path("data").findValuesAsText("name"))
        .doesNotContain("hidden");
    refused(403, "permission_denied", send(gateways.one, "GET", "mill", "?tenant=shop", ""));
    refused(
        403,
        "permission_denied",
        send(gateways.one, "POST", "mill", "", "{'name': 'x', 'tenant': 'shop'}"));
    assertThat(done("GET", "boss", "/" + id, "").path("name").asText()).isEqualTo("hidden");
    assertThat(done("GET", "boss", "?tenant=shop", "").path("data").findValuesAsText("name"))
        .contains("hidden");
  }

  @Test
  void aRestartKeepsPromptsWithTheirLabels(@TempDir Path home) throws Exception {
    String settings = SETTINGS.formatted(RunningGateway.CANARY, gateways.provider.url());
    String call = "{'model': 'red/text', 'prompt': {'name': 'kept'}}".replace('\'', '"');
    for (int start = 0; start < 2; start++) {
      try (RunningGateway gateway = RunningGateway.in(home).settings(settings).start()) {
        if (start == 0) {
          send(gateway, "POST", "shop", "", "{'name': 'kept'}");
          send(gateway, "POST", "shop", "/kept/versions", "{'text': 'Hi', 'label': 'production'}");
        }
        HttpRequest.Builder chat =
            HttpRequest.newBuilder(URI.create(gateway.url() + "/v1/chat/completions"))
                .header("content-type", "application/json")
                .header("x-api-key", "reader-0123456789abcdef")
                .POST(BodyPublishers.ofString(call));
        Caller.Reply reply = gateways.http.send(chat);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.header("x-serai-prompt")).isEqualTo("kept@1");
      }
    }
  }

  @Test
  void onlyThoseMayWhoHaveThePermission() {
    create("guarded", "one");
    refused(403, "permission_denied", send(gateways.one, "GET", "caller", "", ""));
    refused(403, "permission_denied", send(gateways.one, "POST", "reader", "", "{'name': 'x'}"));
    refused(
        403,
        "permission_denied",
        send(gateways.one, "PUT", "reader", "/guarded/labels/a", "{'version': 1}"));
    refused(
        403,
        "permission_denied",
        send(
            gateways.one,
            "POST",
            "shop",
            "/guarded/versions",
            "{'text': 'x', 'model': 'blue/text'}"));
  }

  @Test
  void everyChangeIsInTheAuditLog() {
    create("audited", "one");
    done("PUT", "shop", "/audited/labels/production", "{'version': 1}");
    Until.holds(
        PATIENCE,
        "both changes are recorded",
        () ->
            changes()
                .containsAll(
                    List.of(
                        "POST /v1/prompts/audited/versions",
                        "PUT /v1/prompts/audited/labels/production")));
  }

  private static List<String> changes() {
    HttpRequest.Builder log =
        HttpRequest.newBuilder(URI.create(gateways.one.url() + "/v1/audit?limit=100"))
            .header("x-api-key", "boss-0123456789abcdef");
    List<String> changes = new ArrayList<>();
    for (JsonNode entry : gateways.http.send(log).json().path("data")) {
      if (entry.path("status").asInt() == 200) {
        changes.add(entry.path("method").asText() + " " + entry.path("path").asText());
      }
    }
    return changes;
  }
}

package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways on one PostgreSQL: what the one stores, the other reads. */
class MemoryObjectsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MEGABYTE = 1024 * 1024;

  private static final String SETTINGS =
      """
      providers:
        poor: {kind: openai-compatible, base_url: "%2$s/v1", api_key: %1$s, models: [text]}
      state: {memory: {quota_megabytes: 2}}
      limits: {keys: {requests_per_second: 0}}
      auth:
        keys:
          - {name: shop, key: shop-0123456789abcdef, role: user, tenant: shop}
          - {name: mill, key: mill-0123456789abcdef, role: user, tenant: mill}
          - {name: eyes, key: eyes-0123456789abcdef, role: readonly, tenant: shop}
          - {name: boss, key: boss-0123456789abcdef, role: admin, tenant: house}
      """;

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
      RunningGateway gateway, String method, String path, String body, String... headers) {
    return send("shop", gateway, method, path, body, headers);
  }

  private static Caller.Reply send(
      String key,
      RunningGateway gateway,
      String method,
      String path,
      String body,
      String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gateway.url() + "/v1/memory/" + path))
            .header("authorization", "Bearer " + key + "-0123456789abcdef")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return gateways.http.send(request);
  }

  @Test
  void anObjectIsStoredReadReplacedAndDeletedThroughEitherGateway() {
    String path = "tenant/acme/session/s1";
    Caller.Reply stored =
        send(gateways.one, "PUT", path, "{\"object\": {\"n\": 1.50, \"t\": \"\u00e4\"}}");
    assertThat(stored.status()).as(stored.body()).isEqualTo(200);
    assertThat(stored.body()).isEqualTo("{\"ok\":true}");
    Caller.Reply read = send(gateways.other, "GET", path, "", "x-consistency-level", "STRONG");
    assertThat(read.body()).isEqualTo("{\"object\":{\"n\": 1.50, \"t\": \"\u00e4\"}}");
    assertThat(read.header("etag")).isEqualTo(stored.header("etag"));
    assertThat(send(gateways.one, "GET", path, "", "if-none-match", read.header("etag")).status())
        .isEqualTo(304);
    Caller.Reply sameObject = send(gateways.one, "GET", "tenant%2Facme/session%2Fs1", "");
    assertThat(sameObject.body()).isEqualTo(read.body());

    Caller.Reply changed =
        send(gateways.other, "PUT", path, "{\"object\":2}", "if-match", read.header("etag"));
    assertThat(changed.status()).isEqualTo(200);
    Caller.Reply late =
        send(gateways.one, "PUT", path, "{\"object\":3}", "if-match", read.header("etag"));
    assertThat(late.status()).isEqualTo(412);
    assertThat(late.json().path("error").asText()).isEqualTo("precondition_failed");

    JsonNode list = send(gateways.other, "GET", "tenant", "").json();
    assertThat(list.at("/objects/0/ns").asText()).isEqualTo("tenant/acme/session");
    assertThat(list.at("/objects/0/key").asText()).isEqualTo("s1");
    assertThat(list.path("count").asInt()).isEqualTo(1);
    assertThat(list.path("cursor").isNull()).isTrue();

    assertThat(send(gateways.one, "DELETE", path, "").body()).isEqualTo("{\"ok\":true}");
    for (String method : new String[] {"GET", "DELETE"}) {
      Caller.Reply missing = send(gateways.other, method, path, "");
      assertThat(missing.status()).isEqualTo(404);
      assertThat(missing.body()).isEqualTo("{\"error\":\"not_found\"}");
    }
  }

  @Test
  void aTenantIsApartFromOthersUnlessTheKeyMayActForSeveral() {
    send(gateways.one, "PUT", "apart/k", "{\"object\":\"of the shop\"}");
    assertThat(send("mill", gateways.other, "GET", "apart/k", "").status()).isEqualTo(404);
    Caller.Reply foreign =
        send("mill", gateways.other, "GET", "apart/k", "", "x-tenant-id", "shop");
    assertThat(foreign.status()).isEqualTo(403);
    assertThat(foreign.json().path("error").asText()).isEqualTo("permission_denied");
    assertThat(send(gateways.one, "GET", "apart/k", "", "x-tenant-id", "shop").status())
        .isEqualTo(200);
    assertThat(
            send("boss", gateways.other, "GET", "apart/k", "", "x-tenant-id", "shop")
                .json()
                .path("object")
                .asText())
        .isEqualTo("of the shop");
    assertThat(send("boss", gateways.other, "GET", "apart/k", "").status()).isEqualTo(404);
    assertThat(send("eyes", gateways.one, "PUT", "apart/k", "{\"object\":1}").status())
        .isEqualTo(403);
  }

  @Test
  void aLargeObjectIsRefusedAndTheQuotaIsReported() {
    String fits = "{\"object\":\"" + "x".repeat(MEGABYTE - 2) + "\"}";
    String tooLarge = "{\"object\":\"" + "x".repeat(MEGABYTE - 1) + "\"}";
    Caller.Reply refused = send("mill", gateways.one, "PUT", "big/a", tooLarge);
    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.json().path("error").asText()).isEqualTo("object_too_large");
    assertThat(send("mill", gateways.one, "PUT", "big/a", fits).status()).isEqualTo(200);
    Caller.Reply full = send("mill", gateways.other, "PUT", "big/b", fits);
    assertThat(full.status()).isEqualTo(507);
    assertThat(full.body()).isEqualTo("{\"error\":\"quota_exceeded\"}");
    assertThat(send("mill", gateways.other, "GET", "big/a", "").status()).isEqualTo(200);
  }

  @Test
  void whatOneGatewayHasStoredASearchInTheOtherFindsAtOnce() {
    send(gateways.one, "PUT", "talk/s1/t1", "{\"object\":{\"content\":\"The harbour opens\"}}");
    send(gateways.one, "PUT", "talk/s1/t2", "{\"object\":{\"content\":\"A harbour is closed\"}}");
    send("mill", gateways.one, "PUT", "talk/s1/t1", "{\"object\":\"closed harbour\"}");
    Caller.Reply found = search("{\"q\":\"closed harbour\",\"ns\":\"talk\",\"mode\":\"hybrid\"}");
    assertThat(found.status()).as(found.body()).isEqualTo(200);
    JsonNode results = found.json().path("results");
    assertThat(found.json().path("count").asInt()).isEqualTo(2).isEqualTo(results.size());
    assertThat(results.at("/0/ns").asText()).isEqualTo("talk/s1");
    assertThat(results.at("/0/key").asText()).isEqualTo("t2");
    assertThat(results.at("/0/object/content").asText()).isEqualTo("A harbour is closed");
    assertThat(results.at("/0/score").asDouble()).isGreaterThan(results.at("/1/score").asDouble());
    send(gateways.one, "DELETE", "talk/s1/t2", "");
    assertThat(search("{\"q\":\"closed\",\"top_k\":5}").json().path("count").asInt()).isZero();
    assertThat(search("{\"q\":\" \"}").status()).isEqualTo(400);
    assertThat(search("{\"q\":\"x\",\"top_k\":101}").status()).isEqualTo(400);
    assertThat(search("{\"q\":\"x\",\"mode\":\"semantic\"}").body())
        .contains("unsupported_operation");
  }

  private static Caller.Reply search(String body) {
    return send(gateways.other, "POST", "search", body);
  }

  @Test
  void anObjectIsGoneAfterItsTime() {
    send(gateways.one, "PUT", "short/k", "{\"object\":1,\"ttl_seconds\":0.5}");
    Until.holds(PATIENCE, "gone", () -> send(gateways.other, "GET", "short/k", "").status() == 404);
    assertThat(send(gateways.one, "GET", "short", "").json().path("count").asInt()).isZero();
  }

  @Test
  void severalOperationsHaveAResultEach() {
    String operations =
        """
        {"operations": [
          {"op": "put", "ns": "bulk-of", "key": "a", "object": {"x": 1}, "if_version": null},
          {"op": "get", "ns": "bulk-of", "key": "a"},
          {"op": "put", "ns": "bulk-of", "key": "a", "object": 2, "if_version": null},
          {"op": "delete", "ns": "bulk-of", "key": "a"},
          {"op": "get", "ns": "bulk-of", "key": "a"}]}
        """;
    Caller.Reply reply = send(gateways.one, "POST", "bulk", operations);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    JsonNode results = reply.json().path("results");
    assertThat(results.at("/0/ok").asBoolean()).isTrue();
    assertThat(results.at("/1/object/x").asInt()).isEqualTo(1);
    assertThat(results.at("/2/error").asText()).isEqualTo("precondition_failed");
    assertThat(results.at("/3/ok").asBoolean()).isTrue();
    assertThat(results.at("/4/error").asText()).isEqualTo("not_found");
    assertThat(reply.json().path("count").asInt()).isEqualTo(5);
  }

  @Test
  void aWrongRequestIsRefusedWithWhatIsWrong() {
    wrong("PUT", "only", "{\"object\":1}", "namespace, and no key");
    wrong("PUT", "a/b", "{\"objct\":1}", "Did you mean 'object'");
    wrong("PUT", "a/b", "{}", "'object', the value to store, is missing");
    wrong("PUT", "a/b", "{\"object\":1", "not valid JSON");
    wrong("PUT", "a/b", "{\"object\":1,\"object\":2}", "object");
    wrong("PUT", "a/b", "{\"object\":1,\"ttl_seconds\":0}", "'ttl_seconds' must be");
    wrong("PUT", "a/b", "{\"object\":1,\"tags\":\"x\"}", "'tags' must be");
    wrong("PUT", "search/b", "{\"object\":1}", "cannot begin with 'search'");
    wrong("PUT", "a/%EF%BF%BF", "{\"object\":1}", "control character");
    wrong("PUT", "a/" + "k".repeat(512), "{\"object\":1}", "512 bytes");
    wrong("GET", "a?limit=0", "", "'limit' must be");
    wrong("GET", "a?cursor=%21", "", "'cursor' must be");
    wrong("GET", "a?perfix=x", "", "Unknown parameter 'perfix'");
    wrong("POST", "bulk", "{\"operations\":[]}", "1 to 100");
    wrong(
        "POST",
        "bulk",
        "{\"operations\":[{\"op\":\"pt\",\"ns\":\"a\",\"key\":\"b\"}]}",
        "operations[0]: 'op'");
  }

  private static void wrong(String method, String path, String body, String said) {
    Caller.Reply reply = send(gateways.one, method, path, body);
    assertThat(reply.status()).as(path + " " + body + " " + reply.body()).isEqualTo(400);
    assertThat(reply.body()).contains("\"error\":\"invalid_request\"").contains(said);
  }
}

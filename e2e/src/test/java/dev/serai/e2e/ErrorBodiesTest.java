package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation of the API's description, with hostile names in its path, its query and its body:
 * none fails inside, and no error says how the gateway is built.
 */
class ErrorBodiesTest {
  private static final String ADMIN = "errors-0123456789abcdef0123456789abcdef";
  private static final int MAX_ERROR_BYTES = 1024;

  /** Names of classes, files, hosts and statements. */
  private static final Pattern INSIDE =
      Pattern.compile(
          "java\\.|javax\\.|io\\.netty|org\\.apache|com\\.fasterxml|dev\\.serai|Exception"
              + "|\\bat [a-z.]+\\(|/tmp/|jdbc:|SQLITE|127\\.0\\.0\\.1|(?i)select .* from|root:x:");

  private static final List<String> NAMES =
      List.of(
          "' OR '1'='1",
          "x'; DROP TABLE api_keys; --",
          "nul\u0000byte",
          "../../../../etc/passwd",
          "${jndi:ldap://127.0.0.1/x}",
          "line\r\nSet-Cookie: a=b",
          "\uD83D\uDE00".repeat(100),
          "-1",
          "9".repeat(40));

  private static final List<String> BODIES =
      List.of(
          "",
          "{",
          "[]",
          "null",
          "{}",
          "{\"model\":{\"a\":[1]},\"messages\":\"x\",\"input\":{\"b\":2},\"name\":[],\"limit\":\"x\"}",
          "{\"model\":\"NAME\",\"messages\":[{\"role\":\"NAME\",\"content\":\"NAME\"}]}",
          "{\"name\":\"NAME\",\"tenant\":\"NAME\",\"role\":\"NAME\",\"id\":\"NAME\"}",
          "{\"name\":\"n\",\"limit\":-1e308,\"expires_at\":\"NAME\",\"scope\":\"NAME\"}",
          "{\"provider\":\"NAME\",\"key\":\"NAME\"}");

  @TempDir static Path folder;
  private static CassetteServer provider;
  private static RunningGateway gateway;
  private static Caller caller;

  @BeforeAll
  static void start() {
    provider = CassetteServer.start();
    gateway =
        RunningGateway.in(folder)
            .providersAt(provider.url())
            .with("ROUTER_ADMIN_KEYS", ADMIN)
            .start();
    caller = new Caller(gateway.url());
  }

  @AfterAll
  static void stop() {
    caller.close();
    gateway.close();
    provider.close();
  }

  /** An operation: its method, its path and the names of its query parameters. */
  record Operation(String method, String path, List<String> query) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  static Stream<Operation> operations() {
    JsonNode paths = caller.send("GET", "/openapi.json", ADMIN, "").json().get("paths");
    List<Operation> all = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      for (Map.Entry<String, JsonNode> each : path.getValue().properties()) {
        if (List.of("get", "post", "put", "patch", "delete").contains(each.getKey())) {
          List<String> query = new ArrayList<>();
          each.getValue().path("parameters").forEach(p -> query.add(p.path("name").asText()));
          all.add(new Operation(each.getKey().toUpperCase(Locale.ROOT), path.getKey(), query));
        }
      }
    }
    assertThat(all).hasSizeGreaterThan(60);
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void noErrorShowsHowTheGatewayIsBuilt(Operation operation) {
    int sent = 0;
    for (String name : NAMES) {
      for (String body : operation.method().equals("GET") ? List.of("") : BODIES) {
        if (sent == 0 || body.contains("NAME") || name.equals(NAMES.getFirst()) || body.isEmpty()) {
          check(operation, name, body);
          sent++;
        }
      }
    }
    assertThat(sent).isGreaterThanOrEqualTo(NAMES.size());
  }

  private static void check(Operation operation, String name, String body) {
    Caller.Reply reply = caller.send(request(operation, name, body));
    String what = operation + " with " + name + " and " + body + ": " + reply.body();
    assertThat(reply.status()).as(what).isNotEqualTo(500);
    if (reply.status() >= 400) {
      assertThat(reply.json().isObject()).as(what).isTrue();
      assertThat(reply.body().getBytes(StandardCharsets.UTF_8).length)
          .as(what)
          .isLessThanOrEqualTo(MAX_ERROR_BYTES);
      String own = reply.body().replace(name, "").replace(escaped(name), "");
      assertThat(INSIDE.matcher(own).find()).as(what).isFalse();
      assertThat(own).as(what).doesNotContain(folder.toString(), ADMIN);
    }
  }

  private static HttpRequest.Builder request(Operation operation, String name, String body) {
    StringBuilder path = new StringBuilder();
    path.append(operation.path().replaceAll("\\{[^}]*}", encoded(name).replace("$", "\\$")));
    char next = '?';
    for (String parameter : operation.query()) {
      path.append(next).append(encoded(parameter)).append('=').append(encoded(name));
      next = '&';
    }
    return HttpRequest.newBuilder(URI.create(gateway.url() + path))
        .timeout(Duration.ofSeconds(60))
        .header("content-type", "application/json")
        .header("authorization", "Bearer " + ADMIN)
        .method(
            operation.method(),
            body.isEmpty()
                ? BodyPublishers.noBody()
                : BodyPublishers.ofString(body.replace("NAME", escaped(name))));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The name within a JSON string. */
  private static String escaped(String name) {
    return name.replace("\\", "\\\\")
        .replace("\u0000", "\\u0000")
        .replace("\r", "\\r")
        .replace("\n", "\\n");
  }
}

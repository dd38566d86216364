package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The port of the memory gateway, beside that of the gateway. */
class MemoryPortTest {
  private static final String KEY = "acme-0123456789abcdef";
  private static final String SETTINGS =
      """
      auth:
        keys:
          - {name: acme, key: acme-0123456789abcdef, role: user, tenant: acme}
          - {name: mill, key: mill-0123456789abcdef, role: user, tenant: mill}
      """;

  @TempDir static Path folder;
  private static RunningGateway gateway;
  private static int port;
  private static Caller http;

  @BeforeAll
  static void start() throws IOException {
    port = freePort();
    RunningGateway.Plan plan = RunningGateway.in(folder).settings(SETTINGS);
    gateway = plan.with("SERVER_MEMORY_PORT", Integer.toString(port)).start();
    http = new Caller(gateway.url());
  }

  @AfterAll
  static void stop() {
    http.close();
    gateway.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Caller.Reply send(int at, String method, String path, String key, String body) {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + path))
            .header("authorization", "Bearer " + key)
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  private static Caller.Reply get(int at, String path) {
    return send(at, "GET", path, KEY, "");
  }

  @Test
  @Tag("needs-python3")
  void aClientOfTheMemoryGatewayFindsWhatItExpects() throws Exception {
    List<String> claims =
        Scripts.run(
            folder,
            Map.of("SERAI_URL", "http://127.0.0.1:" + port, "SERAI_KEY", KEY),
            List.of("python3", Path.of("clients/python/memory.py").toAbsolutePath().toString()));
    assertThat(claims).hasSize(9).allMatch(claim -> claim.startsWith("ok "));
  }

  @Test
  void bothPortsHaveTheSameObjects() {
    assertThat(send(port, "PUT", "/v1/memory/both/a", KEY, "{\"object\":1}").status())
        .isEqualTo(200);
    assertThat(get(gateway.port(), "/v1/memory/both/a").body()).isEqualTo("{\"object\":1}");
    assertThat(send(port, "GET", "/v1/memory/both/a", "mill-0123456789abcdef", "").body())
        .isEqualTo("{\"error\":\"not_found\"}");
  }

  @Test
  void aMissingObjectIsA404AtThePortOfTheGatewayOnly() {
    Caller.Reply here = get(port, "/v1/memory/no/object");
    Caller.Reply there = get(gateway.port(), "/v1/memory/no/object");
    assertThat(here.body()).isEqualTo(there.body()).isEqualTo("{\"error\":\"not_found\"}");
    assertThat(here.status()).isEqualTo(200);
    assertThat(there.status()).isEqualTo(404);
    assertThat(get(port, "/v1/memory/no/../object").status()).isEqualTo(400);
  }

  @Test
  void itsHealthIsJson() {
    assertThat(get(port, "/healthz").body()).isEqualTo("{\"ok\":true}");
    assertThat(get(gateway.port(), "/healthz").body()).isEqualTo("ok");
  }

  @Test
  void nothingElseIsThere() {
    for (String path : List.of("/v1/models", "/metrics", "/health/ready", "/docs", "/v1/usage")) {
      assertThat(get(port, path).status()).as(path).isEqualTo(404);
    }
    assertThat(send(port, "POST", "/v1/chat/completions", KEY, "{}").status()).isEqualTo(404);
    assertThat(send(port, "PATCH", "/v1/memory/a/b", KEY, "{}").status()).isEqualTo(405);
  }

  @Test
  void itClosesWithTheGateway(@TempDir Path other) throws IOException {
    int further = freePort();
    RunningGateway.Plan plan = RunningGateway.in(other);
    plan.with("SERVER_MEMORY_PORT", Integer.toString(further)).start().close();
    try (ServerSocket free = new ServerSocket(further, 1, InetAddress.getLoopbackAddress())) {
      assertThat(free.isBound()).isTrue();
    }
  }

  @Test
  void aPortInUseIsSaidWithItsSetting(@TempDir Path other) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String used = Integer.toString(taken.getLocalPort());
      RunningGateway.Plan plan = RunningGateway.in(other).with("SERVER_MEMORY_PORT", used);
      plan.with("LOG_FILE", "");
      try (GatewayProcess process = GatewayProcess.begin(other, plan)) {
        assertThat(process.awaitEnd(Duration.ofSeconds(60))).isEqualTo(1);
        assertThat(process.output().lines())
            .singleElement()
            .asString()
            .startsWith("serai: cannot start: cannot listen on 127.0.0.1:" + used)
            .contains("server.memory_port", "SERVER_MEMORY_PORT")
            .doesNotContain("SERVER_PORT");
      }
    }
  }
}

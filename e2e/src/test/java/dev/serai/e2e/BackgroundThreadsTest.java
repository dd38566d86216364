package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.redis.RedisServer;
import dev.serai.core.background.BackgroundThread;
import dev.serai.e2e.provider.CassetteServer;
import dev.serai.gateway.edge.tls.Pki;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every background thread of a gateway with all features dies, and comes back. */
class BackgroundThreadsTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String ADMIN = "admin-canary-0123456789abcdef";
  private static final String CALLER = "app-canary-0123456789abcdef";
  private static final List<String> NAMES =
      List.of(
          "api-keys",
          "audit",
          "bandits",
          "budget-alerts",
          "budgets",
          "compression",
          "experiments",
          "feedback",
          "health-probes",
          "issuer-keys",
          "judge",
          "ledger",
          "ledger-files",
          "log-writer",
          "memory",
          "memory-index",
          "model-lists",
          "responses",
          "route-folders",
          "sessions",
          "settings-files",
          "shared-limits",
          "tls-certificates");

  @TempDir static Path folder;
  private static String settings;
  private static RedisServer redis;
  private static CassetteServer provider;
  private static RunningGateway gateway;
  private static HttpClient client;

  @BeforeAll
  static void start() throws Exception {
    Pki pki =
        Pki.in(
            Files.createDirectory(folder.resolve("pki")),
            new Pki.Wanted("server", "CN=gateway", "ip:127.0.0.1"));
    redis = RedisServer.start(folder.resolve("redis"));
    provider = CassetteServer.start();
    settings =
        """
        server: {tls: {certificate: %s, key: %s}}
        auth:
          issuers: [{name: login, issuer: 'http://127.0.0.1:9', audiences: serai}]
        budgets: {all: {scope: all, limit: 1000, allow_unpriced: true}}
        alerts:
          ops: {url: 'http://127.0.0.1:9', secret: whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=}
        fairness: {enabled: true}
        state: {sessions: {compression: {mode: key_information}}}
        upstream: {health_probes: {models: [openai/text]}}
        routes: {poll: 50ms}
        """
            .formatted(pki.certificate("server"), pki.key("server"));
    gateway =
        RunningGateway.in(folder)
            .providersAt(provider.url())
            .with("SERAI_MODEL_LISTS", "true")
            .with("ROUTER_ADMIN_KEYS", ADMIN)
            .with("SERAI_API_KEYS", "app:" + CALLER)
            .with("REDIS_URL", redis.url())
            .settings(settings)
            .start();
    client = HttpClient.newBuilder().sslContext(pki.client("")).build();
  }

  @AfterAll
  static void stop() {
    client.close();
    gateway.close();
    provider.close();
    redis.close();
  }

  private static String send(String key, String path, String body) throws Exception {
    URI uri = URI.create("https://127.0.0.1:" + gateway.port() + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("x-api-key", key);
    if (!body.isEmpty()) {
      request.header("content-type", "application/json");
      request.POST(HttpRequest.BodyPublishers.ofString(body));
    }
    return client.send(request.build(), BodyHandlers.ofString()).body();
  }

  private static String get(String path) {
    try {
      return send(ADMIN, path, "");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static List<BackgroundThread> threads() {
    List<BackgroundThread> all = new ArrayList<>();
    gateway.threads().observe(all::add);
    return all;
  }

  @Test
  void everyThreadThatDiesIsSeenIsStartedAgainAndWorks() throws Exception {
    List<BackgroundThread> all = threads();
    assertThat(all).extracting(BackgroundThread::name).containsExactlyInAnyOrderElementsOf(NAMES);
    Map<String, Long> before = new TreeMap<>();
    all.forEach(thread -> before.put(thread.name(), thread.failures()));

    all.forEach(thread -> thread.failOnce(new LinkageError("the test kills it")));
    for (BackgroundThread thread : all) {
      Until.holds(SOON, thread.name(), () -> thread.failures() > before.get(thread.name()));
    }
    String health = get("/health/ready");
    String metrics = get("/metrics");
    for (String name : NAMES) {
      assertThat(health).contains('"' + name + '"');
      assertThat(metrics).contains("serai_thread_up{thread=\"" + name + "\"} 0");
    }

    worksAgain();
    assertThat(all).allMatch(BackgroundThread::isAlive);
    Until.holds(SOON, "no thread fails", () -> !get("/health/ready").contains("failing"));
    assertThat(get("/metrics")).doesNotContain("thread\"} 0");
    gateway.awaitLogged("the background thread ledger has failed and starts again");
  }

  /** What the threads do: log, ledger, audit, keys, files, responses. */
  private static void worksAgain() throws Exception {
    String chat = send(CALLER, "/v1/chat/completions", Caller.body("openai/text", false));
    assertThat(chat).contains("choices");
    Until.holds(SOON, "the call is in the ledger", () -> get("/v1/usage").contains("openai"));
    assertThat(send(ADMIN, "/v1/keys", "{\"name\":\"new\"}")).contains("sk-serai-");
    Until.holds(SOON, "it is in the audit log", () -> get("/v1/audit").contains("/v1/keys"));
    change();
    Until.holds(SOON, "the alias is known", () -> get("/v1/models").contains("\"swift\""));
  }

  private static void change() throws IOException {
    RunningGateway.write(folder.resolve("serai.yaml"), settings + "models: {swift: openai/text}\n");
  }
}

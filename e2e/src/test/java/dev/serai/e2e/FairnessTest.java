package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two tenants in front of a provider that serves one call at a time. */
class FairnessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SECRET = "-0123456789abcdef0123456789-canary";
  private static final String REPLY =
      """
      {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [{"index": 0,
       "finish_reason": "stop", "message": {"role": "assistant", "content": "ok"}}],
       "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}}
      """;

  private static final String MESSAGE =
      """
      {"model": "openai/m", "max_tokens": 9, "messages": [{"role": "user", "content": "Hello"}]}
      """;

  @TempDir static Path folder;
  private static ExecutorService threads;
  private static Semaphore replies;
  private static AtomicInteger received;
  private static HttpServer provider;
  private static RunningGateway gateway;
  private static Caller http;

  @BeforeAll
  static void start() throws IOException {
    threads = Executors.newVirtualThreadPerTaskExecutor();
    replies = new Semaphore(0);
    received = new AtomicInteger();
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.setExecutor(threads);
    provider.createContext("/", FairnessTest::reply);
    provider.start();
    gateway =
        RunningGateway.in(folder)
            .with("OPENAI_API_KEY", RunningGateway.CANARY)
            .with("OPENAI_BASE_URL", "http://127.0.0.1:" + provider.getAddress().getPort() + "/v1")
            .settings(settings(1))
            .start();
    http = new Caller(gateway.url());
  }

  /** With a window of a fixed size. */
  private static String settings(int window) {
    return """
    server:
      drain_time: 1s
    auth:
      keys:
        - {name: greedy, key: greedy%1$s, tenant: greedy}
        - {name: modest, key: modest%1$s, tenant: modest}
    fairness:
      enabled: true
      min_window: %2$d
      first_window: %2$d
      max_window: %2$d
      max_waiting_per_tenant: 6
      max_wait: 60s
    """
        .formatted(SECRET, window);
  }

  @AfterAll
  static void stop() {
    replies.release(1000);
    http.close();
    gateway.close();
    provider.stop(0);
    threads.shutdownNow();
  }

  /** Replies when the test lets it. */
  private static void reply(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      received.incrementAndGet();
      try {
        assertThat(replies.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      byte[] body = REPLY.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("content-type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static CompletableFuture<Caller.Reply> call(String tenant) {
    return CompletableFuture.supplyAsync(() -> post(tenant), threads);
  }

  private static Caller.Reply post(String tenant) {
    return post(tenant, "/v1/chat/completions", Caller.body("openai/m", false));
  }

  private static Caller.Reply post(String tenant, String path, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return http.send(http.to(path, bytes).header("x-api-key", tenant + SECRET));
  }

  private static void awaitWaiting(int count) {
    Until.holds(PATIENCE, count + " wait", () -> metric("fair_sched_queue_depth") == count);
  }

  private static long metric(String name) {
    HttpRequest.Builder page =
        HttpRequest.newBuilder(URI.create(gateway.url() + "/metrics"))
            .header("x-api-key", "greedy" + SECRET);
    return http.send(page)
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> Math.round(Double.parseDouble(line.substring(name.length() + 1))))
        .findFirst()
        .orElse(-1);
  }

  /** One test, since a gateway takes seconds to start and the last part ends it. */
  @Test
  void callsWaitInAFairOrderAndLeaveWhenTheirClientOrTheGatewayEnds() throws Exception {
    aModestTenantIsServedBeforeTheQueueOfAGreedyOne();
    aClientThatDisconnectsLeavesTheQueueAtOnce();
    aChangedSettingsFileAppliesToCallsThatWait();
    aCallThatWaitsWhenTheGatewayEndsReceivesTheReason();
  }

  private static void aModestTenantIsServedBeforeTheQueueOfAGreedyOne() throws Exception {
    List<CompletableFuture<Caller.Reply>> greedy = new ArrayList<>();
    greedy.add(call("greedy"));
    Until.holds(PATIENCE, "the first runs", () -> received.get() == 1);
    for (int i = 1; i <= 6; i++) {
      greedy.add(call("greedy"));
      awaitWaiting(i);
    }
    Caller.Reply busy = post("greedy");
    assertThat(busy.status()).isEqualTo(503);
    isRefused(busy, "/error/code", "busy");
    isRefused(post("greedy", "/v1/messages", MESSAGE), "/error/type", "overloaded_error");

    CompletableFuture<Caller.Reply> modest = call("modest");
    awaitWaiting(7);
    replies.release(3); // the one that runs, one of the greedy tenant, the modest one
    assertThat(modest.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
    Until.holds(PATIENCE, "one at once", () -> received.get() == 4);
    replies.release(5);
    for (CompletableFuture<Caller.Reply> call : greedy) {
      assertThat(call.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
    }
    awaitNothingRuns();
    assertThat(metric("fair_sched_grants_total")).isEqualTo(8);
    assertThat(metric("fair_sched_dropped_total")).isEqualTo(2);
  }

  private static void isRefused(Caller.Reply busy, String pointer, String expected) {
    assertThat(busy.json().at(pointer).asText()).as(busy.body()).isEqualTo(expected);
    assertThat(Long.parseLong(busy.header("retry-after"))).isBetween(1L, 60L);
  }

  private static void awaitNothingRuns() {
    Until.holds(PATIENCE, "nothing runs", () -> metric("fair_sched_in_flight") == 0);
  }

  private static void aClientThatDisconnectsLeavesTheQueueAtOnce() throws Exception {
    int before = received.get();
    final CompletableFuture<Caller.Reply> first = call("greedy");
    Until.holds(PATIENCE, "the first runs", () -> received.get() == before + 1);
    String body = Caller.body("openai/m", false);
    String head =
        "POST /v1/chat/completions HTTP/1.1\r\n"
            + "host: localhost\r\n"
            + "content-type: application/json\r\n"
            + "x-api-key: modest%s\r\n"
            + "content-length: %d\r\n\r\n";
    URI url = URI.create(gateway.url());
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      String request = head.formatted(SECRET, body.length()) + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      awaitWaiting(1);
    }
    awaitWaiting(0);
    replies.release();
    assertThat(first.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
    awaitNothingRuns();
    assertThat(received.get()).as("nothing was sent for it").isEqualTo(before + 1);
  }

  private static void aChangedSettingsFileAppliesToCallsThatWait() throws Exception {
    int before = received.get();
    List<CompletableFuture<Caller.Reply>> calls = List.of(call("greedy"), call("modest"));
    awaitWaiting(1);
    RunningGateway.write(folder.resolve("serai.yaml"), settings(2));
    Until.holds(PATIENCE, "both run", () -> received.get() == before + 2);
    RunningGateway.write(folder.resolve("serai.yaml"), settings(1));
    Until.holds(PATIENCE, "one may run", () -> metric("fair_sched_window") == 1);
    replies.release(2);
    for (CompletableFuture<Caller.Reply> call : calls) {
      assertThat(call.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
    }
    awaitNothingRuns();
  }

  private static void aCallThatWaitsWhenTheGatewayEndsReceivesTheReason() throws Exception {
    int before = received.get();
    final CompletableFuture<Caller.Reply> first = call("greedy");
    Until.holds(PATIENCE, "the first runs", () -> received.get() == before + 1);
    final CompletableFuture<Caller.Reply> second = call("modest");
    awaitWaiting(1);
    gateway.close();
    String why = "The gateway is shutting down.";
    assertThat(first.get(60, TimeUnit.SECONDS).body()).contains(why);
    assertThat(second.get(60, TimeUnit.SECONDS).body()).contains(why);
    assertThat(received.get()).as("nothing was sent for it").isEqualTo(before + 1);
  }
}

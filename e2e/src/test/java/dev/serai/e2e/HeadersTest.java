package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Header fields on their way from the client to the provider and back. */
class HeadersTest {
  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String SECRET = "header-canary-77";

  private static final String REPLY =
      """
      {"id":"c","object":"chat.completion","created":1,"model":"m",
       "choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}],
       "usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}\
      """;

  @TempDir Path folder;
  private final List<Map<String, List<String>>> received = new CopyOnWriteArrayList<>();
  private HttpServer provider;

  @BeforeEach
  void serve() throws IOException {
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.createContext("/", this::reply);
    provider.start();
  }

  @AfterEach
  void stop() {
    provider.stop(0);
  }

  private void reply(HttpExchange exchange) throws IOException {
    received.add(Map.copyOf(exchange.getRequestHeaders()));
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("content-type", "application/json");
    exchange.getResponseHeaders().add("X-RateLimit-Remaining-Requests", "41");
    exchange.getResponseHeaders().add("anthropic-ratelimit-tokens-remaining", "9");
    exchange.getResponseHeaders().add("x-internal", "no");
    byte[] reply = REPLY.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(body.contains("limited") ? 429 : 200, reply.length);
    exchange.getResponseBody().write(reply);
    exchange.close();
  }

  private String url() {
    return "http://127.0.0.1:" + provider.getAddress().getPort();
  }

  private RunningGateway start() {
    RunningGateway.Plan plan =
        RunningGateway.in(folder)
            .providersAt(url())
            .with("TEAM", SECRET)
            .with("ROUTER_RPS_LIMIT", "50") // the default, of which the tests use little
            .settings(
                "providers: {openai: {headers: {X-Team: '${TEAM}', OpenAI-Project: ours}}}\n");
    RunningGateway.write(
        folder.resolve("serai.d/own.camel.yaml"),
        """
        - route:
            id: adapter-own
            description: A provider with header fields in its route
            from:
              uri: direct:adapter-own
              steps:
                - to:
                    uri: kamelet:openai-compatible
                    parameters:
                      provider: own
                      baseUrl: %s/v1
                      headers: "X-Route=r 1, X-Second=s=2"
        """
            .formatted(url()));
    return plan.start();
  }

  private static HttpResponse<String> ask(RunningGateway gateway, String model, String... fields)
      throws Exception {
    String body =
        "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gateway.url() + "/v1/chat/completions"))
            .header("content-type", "application/json")
            .header("authorization", "Bearer callers-own")
            .header("x-private", "p")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < fields.length; i += 2) {
      request.header(fields[i], fields[i + 1]);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }

  private String sent(String name) {
    return received.getLast().entrySet().stream()
        .filter(field -> field.getKey().equalsIgnoreCase(name))
        .map(field -> String.join("|", field.getValue()))
        .findFirst()
        .orElse("");
  }

  @Test
  void fieldsOnTheAllowListReachTheProviderAndItsLimitsComeBack() throws Exception {
    try (RunningGateway gateway = start()) {
      HttpResponse<String> reply =
          ask(
              gateway,
              "openai/m",
              "OpenAI-Beta",
              "b=1",
              "OpenAI-Organization",
              "org-1",
              "OpenAI-Project",
              "theirs",
              "anthropic-beta",
              "a",
              "Idempotency-Key",
              "i-1",
              "x-request-id",
              "mine-1",
              "traceparent",
              PARENT);
      assertThat(reply.statusCode()).isEqualTo(200);
      assertThat(sent("openai-beta")).isEqualTo("b=1");
      assertThat(sent("openai-organization")).isEqualTo("org-1");
      assertThat(sent("openai-project")).isEqualTo("ours");
      assertThat(sent("x-team")).isEqualTo(SECRET);
      assertThat(sent("idempotency-key")).isEqualTo("i-1");
      assertThat(sent("x-request-id")).isEqualTo("mine-1");
      assertThat(sent("traceparent")).isEqualTo(PARENT);
      assertThat(sent("anthropic-beta") + sent("x-private")).isEmpty();
      assertThat(sent("authorization")).isEqualTo("Bearer " + RunningGateway.CANARY);

      assertThat(reply.headers().firstValue("x-ratelimit-remaining-requests")).contains("41");
      assertThat(reply.headers().firstValue("anthropic-ratelimit-tokens-remaining")).contains("9");
      assertThat(reply.headers().firstValue("x-ratelimit-limit-requests")).isEmpty();
      assertThat(reply.headers().firstValue("ratelimit-policy").orElseThrow()).contains("q=50;w=1");
      assertThat(reply.headers().firstValue("x-internal")).isEmpty();
      assertThat(reply.headers().allValues("x-request-id")).containsExactly("mine-1");
      String own = reply.headers().firstValue("x-serai-request-id").orElseThrow();
      assertThat(own).matches("[0-9a-f]{32}");
      gateway.awaitLogged("mine-1", own);
      assertThat(gateway.log()).doesNotContain(SECRET);
    }
  }

  @Test
  void aRouteAddsItsFieldsAndAnErrorHasTheLimitsToo() throws Exception {
    try (RunningGateway gateway = start()) {
      HttpResponse<String> reply = ask(gateway, "own/limited", "x-request-id", "not well formed");
      assertThat(reply.statusCode()).isEqualTo(429);
      assertThat(sent("x-route")).isEqualTo("r 1");
      assertThat(sent("x-second")).isEqualTo("s=2");
      assertThat(sent("x-request-id") + sent("x-team")).isEmpty();
      assertThat(reply.headers().firstValue("x-ratelimit-remaining-requests")).contains("41");
      assertThat(reply.headers().firstValue("x-request-id").orElseThrow()).matches("[0-9a-f]{32}");
      gateway.awaitLogged("warn", "provider own failed: rate_limited, status 429");
    }
  }
}

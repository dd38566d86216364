package dev.serai.gateway.telemetry.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.Settings;
import dev.serai.gateway.Gateway;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A running gateway, a provider, and a receiver that speaks OTLP. */
abstract class TracedGateway {
  static final String BODY =
      "{\"model\":\"openai/gpt-x\",\"messages\":[{\"role\":\"user\",\"content\":\"my secret"
          + " plan\"}]";

  @TempDir Path folder;
  final HttpClient client = HttpClient.newHttpClient();
  final Map<String, String> environment = new HashMap<>();
  OtlpReceiver receiver;
  FakeOpenAi provider;
  private Gateway gateway;
  private String url;

  @BeforeEach
  final void open() throws Exception {
    receiver = new OtlpReceiver();
    provider = new FakeOpenAi();
    environment.put("OPENAI_API_KEY", "canary-provider-key");
    environment.put("OPENAI_BASE_URL", provider.url());
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url());
    environment.put("OTEL_EXPORTER_OTLP_HEADERS", "x-key=canary-receiver-key");
    environment.put("OTEL_SERVICE_NAME", "gate");
    environment.put("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test");
    environment.put("LOG_FILE", folder.resolve("serai.log").toString());
    environment.put("ROUTER_RPS_LIMIT", "0"); // 60 calls at once are more than the default allows
  }

  @AfterEach
  final void close() {
    provider.mayFinish.countDown();
    if (gateway != null) {
      gateway.close();
    }
    client.close();
    provider.close();
    receiver.close();
  }

  final Span named(String name) {
    return receiver.spans.stream()
        .filter(span -> span.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  final void start() throws Exception {
    environment.put("SERVER_PORT", "0");
    Path checkout = Path.of(System.getProperty("serai.checkout"));
    gateway = Gateway.start(Settings.load(environment, folder), environment, checkout);
    url = "http://127.0.0.1:" + gateway.port();
  }

  /** Closes the gateway, which sends what it has, and waits for so many spans to arrive. */
  final void stop(int spans) {
    gateway.close();
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (receiver.spans.size() < spans) {
      assertThat(System.nanoTime()).as("spans came late").isLessThan(deadline);
      LockSupport.parkNanos(2_000_000);
    }
  }

  final HttpResponse<String> post(String body, String traceparent) throws Exception {
    return client.send(request(body, traceparent), BodyHandlers.ofString());
  }

  final HttpResponse<String> send(String method, String path, String body) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
    return client.send(
        request.method(method, HttpRequest.BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  final HttpResponse<String> get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).build();
    return client.send(request, BodyHandlers.ofString());
  }

  final HttpRequest request(String body, String traceparent) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + "/v1/chat/completions"))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return traceparent.isEmpty()
        ? request.build()
        : request.header("traceparent", traceparent).build();
  }
}

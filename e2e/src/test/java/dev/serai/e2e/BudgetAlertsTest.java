package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.serai.e2e.provider.CassetteServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts about budgets, from the call to the webhook. A token costs 0.00001 USD. */
class BudgetAlertsTest {
  private static final String ADMIN = "admin-canary-0123456789abcdef";
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicInteger REFUSED = new AtomicInteger();
  private static final List<Message> TAKEN = new CopyOnWriteArrayList<>();
  private static final List<String> TALKED = new CopyOnWriteArrayList<>();
  private static final AtomicInteger CUT = new AtomicInteger();

  @TempDir static Path folder;
  private static volatile boolean down = true;
  private static HttpServer receiver;
  private static CassetteServer provider;
  private static RunningGateway gateway;
  private static Caller http;

  /** A message that the receiver has taken. */
  private record Message(String path, String id, String time, String signature, byte[] body) {
    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @BeforeAll
  static void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", BudgetAlertsTest::receive);
    receiver.createContext("/endless", BudgetAlertsTest::talk);
    receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    receiver.start();
    provider = CassetteServer.start();
    gateway =
        RunningGateway.in(folder)
            .providersAt(provider.url())
            .settings(
                """
                providers:
                  openai:
                    models:
                      - {name: text, cost_per_input: 10, cost_per_output: 10}
                budgets:
                  soft: {scope: tenant, value: acme, limit: 0.00001, hard: false}
                alerts:
                  ops:
                    url: http://127.0.0.1:%1$d/alerts?token=T0KEN
                    secret: whsec_%2$s
                  talkative:
                    url: http://127.0.0.1:%1$d/endless
                    secret: whsec_%2$s
                    at: [80]
                """
                    .formatted(
                        receiver.getAddress().getPort(),
                        Base64.getEncoder().encodeToString(KEY.getBytes(StandardCharsets.UTF_8))))
            .with("ROUTER_ADMIN_KEYS", ADMIN)
            .start();
    http = new Caller(gateway.url());
  }

  @AfterAll
  static void stop() {
    http.close();
    gateway.close();
    provider.close();
    receiver.stop(0);
  }

  /** Takes a message, and sends a body until the gateway has had enough of it. */
  private static void talk(HttpExchange exchange) throws IOException {
    TALKED.add(exchange.getRequestHeaders().getFirst("webhook-id"));
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      while (true) {
        body.write(new byte[8192]);
      }
    } catch (IOException e) {
      CUT.incrementAndGet();
    }
  }

  private static void receive(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    boolean refuses = down;
    if (!refuses) {
      TAKEN.add(
          new Message(
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders().getFirst("webhook-id"),
              exchange.getRequestHeaders().getFirst("webhook-timestamp"),
              exchange.getRequestHeaders().getFirst("webhook-signature"),
              body));
    }
    exchange.sendResponseHeaders(refuses ? 503 : 204, -1);
    exchange.close();
    if (refuses) {
      REFUSED.incrementAndGet();
    }
  }

  private static int chat(String key) {
    String body =
        "{\"model\":\"openai/text\",\"max_tokens\":20,\"messages\":[{\"role\":\"user\","
            + "\"content\":\"Hello\"}]}";
    return http.send("POST", "/v1/chat/completions", key, body).status();
  }

  private static String key(String json) {
    Caller.Reply made = http.send("POST", "/v1/keys", ADMIN, json);
    assertThat(made.status()).as(made.body()).isEqualTo(200);
    return made.json().path("key").asText();
  }

  private static List<JsonNode> of(String budget) {
    return TAKEN.stream()
        .map(message -> message.json())
        .filter(json -> json.at("/data/budget").asText().startsWith(budget))
        .toList();
  }

  private static String signature(Message message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    mac.update((message.id + "." + message.time + ".").getBytes(StandardCharsets.UTF_8));
    return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(message.body));
  }

  @Test
  void aReceiverThatWasDownGetsEveryAlertOnceAndSigned() throws Exception {
    String shop = key("{\"name\":\"shop\",\"tenant\":\"acme\"}");
    assertThat(chat(shop)).isEqualTo(200);
    assertThat(chat(shop)).as("a soft budget that is used up").isEqualTo(200);
    Until.holds(Duration.ofSeconds(60), "attempts", () -> REFUSED.get() >= 3);
    down = false;
    Until.holds(Duration.ofSeconds(60), "three alerts", () -> of("soft").size() >= 3);
    assertThat(chat(shop)).isEqualTo(200);

    String limited = key("{\"name\":\"limited\",\"tenant\":\"globex\",\"limit\":0.002}");
    int status = chat(limited);
    for (int i = 0; i < 100 && status == 200; i++) {
      status = chat(limited);
    }
    assertThat(status).isEqualTo(429);
    Until.holds(
        Duration.ofSeconds(60),
        "the refusal",
        () -> chat(limited) == 429 && of("key_").stream().anyMatch(BudgetAlertsTest::isRefusal));

    assertThat(of("soft")).hasSize(3);
    assertThat(of("soft").stream().map(json -> json.at("/data/percent").asInt()))
        .containsExactlyInAnyOrder(80, 95, 100);
    JsonNode first = of("soft").getFirst();
    assertThat(first.path("type").asText()).isEqualTo("budget.threshold_reached");
    assertThat(first.at("/data/value").asText()).isEqualTo("acme");
    assertThat(first.at("/data/limit").decimalValue()).isEqualByComparingTo("0.00001");
    assertThat(first.at("/data/spent").decimalValue()).isPositive();
    assertThat(first.at("/data/hard").asBoolean()).isFalse();
    assertThat(TAKEN.stream().map(Message::id)).doesNotHaveDuplicates();
    for (Message message : TAKEN) {
      assertThat(message.path).isEqualTo("/alerts?token=T0KEN");
      assertThat(message.signature).isEqualTo(signature(message));
      assertThat(faults(message.json())).as("against the reference").isEmpty();
    }
    assertThat(TALKED).as("2xx, whatever follows").isNotEmpty().doesNotHaveDuplicates();
    Until.holds(Duration.ofSeconds(60), "no endless body", () -> CUT.get() == TALKED.size());
    String metrics = http.send("GET", "/metrics", ADMIN, "").body();
    assertThat(metrics).contains("serai_budget_alerts_total{outcome=\"failed\"}");
  }

  /** How a message differs from the description of its webhook in the reference. */
  private static List<String> faults(JsonNode message) {
    JsonNode api = http.send("GET", "/openapi.json", ADMIN, "").json();
    assertThat(api.path("webhooks").has(message.path("type").asText())).isTrue();
    SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    return schemas.getSchema(api.at("/components/schemas/BudgetAlert")).validate(message).stream()
        .map(Object::toString)
        .toList();
  }

  private static boolean isRefusal(JsonNode message) {
    return message.path("type").asText().equals("budget.call_refused");
  }
}

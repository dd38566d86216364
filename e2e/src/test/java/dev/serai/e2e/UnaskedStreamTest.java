package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Providers that stream whatever the request says: the client receives one response. */
class UnaskedStreamTest {
  private static final Path RECORDED =
      Path.of(System.getProperty("serai.checkout", ".."))
          .resolve("adapters/dialects/src/test/resources/cassettes");

  private static final String MESSAGES =
      """
      {"model": "%s", "max_tokens": 99, "messages": [{"role": "user", "content": "Say hello."}]}""";

  @TempDir static Path folder;
  private static HttpServer provider;
  private static RunningGateway gateway;
  private static Caller caller;

  @BeforeAll
  static void start() throws IOException {
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.createContext("/", UnaskedStreamTest::answer);
    provider.start();
    gateway =
        RunningGateway.in(folder)
            .providersAt("http://127.0.0.1:" + provider.getAddress().getPort())
            .start();
    caller = new Caller(gateway.url());
  }

  @AfterAll
  static void stop() {
    caller.close();
    gateway.close();
    provider.stop(0);
  }

  /** The stream that the model names, as JSON if its name says so. */
  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String request = new String(exchange.getRequestBody().readAllBytes()) + path;
    String dialect =
        path.contains("generateContent")
            ? "gemini"
            : path.endsWith("/messages")
                ? "anthropic"
                : path.endsWith("/api/chat") ? "ollama" : "openai";
    String name = request.contains("parallel") ? "parallel-tools" : "text";
    byte[] body = Files.readAllBytes(RECORDED.resolve(dialect + "/streams/" + name + ".wire"));
    if (request.contains("cut")) {
      body = Arrays.copyOf(body, body.length / 2);
    }
    String type = dialect.equals("ollama") ? "application/x-ndjson" : "text/event-stream";
    exchange
        .getResponseHeaders()
        .add("content-type", request.contains("mislabelled") ? "application/json" : type);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openai/text | Hello wörld 🌍! | 5",
        "openai/text-mislabelled | Hello wörld 🌍! | 5",
        "anthropic/text | Grüße 🙂 from | 12",
        "gemini/text | Hallo, Welt 👋! | 7",
        "ollama/text | Grüße 🙂 from | 12"
      })
  void aStreamIsReadAsOneResponse(String model, String text, int tokens) {
    Caller.Reply reply = caller.call(model, false);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.header("content-type")).startsWith("application/json");
    assertThat(reply.content()).startsWith(text);
    assertThat(reply.json().at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    assertThat(reply.json().at("/usage/completion_tokens").asInt()).isEqualTo(tokens);

    JsonNode message = caller.post("/v1/messages", MESSAGES.formatted(model)).json();
    assertThat(message.at("/content/0/text").asText()).startsWith(text);
    assertThat(message.at("/stop_reason").asText()).isEqualTo("end_turn");
  }

  @ParameterizedTest
  @CsvSource({"openai", "anthropic", "gemini", "ollama"})
  void itsToolCallsAreWhole(String dialect) {
    JsonNode choice = caller.call(dialect + "/parallel", false).json().at("/choices/0");
    assertThat(choice.at("/finish_reason").asText()).isEqualTo("tool_calls");
    JsonNode calls = choice.at("/message/tool_calls");
    assertThat(calls.size()).isGreaterThan(1);
    for (JsonNode call : calls) {
      assertThat(call.at("/function/name").asText()).isNotEmpty();
      assertThat(call.at("/function/arguments").asText()).startsWith("{").endsWith("}");
    }
  }

  @Test
  void aStreamThatBreaksOffIsAFailure() {
    for (String dialect : new String[] {"openai", "anthropic", "gemini"}) {
      Caller.Reply reply = caller.call(dialect + "/cut", false);
      assertThat(reply.status()).as(dialect + reply.body()).isEqualTo(502);
    }
  }
}

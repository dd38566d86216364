package dev.serai.e2e.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * A provider whose models say what the test gives them. The model {@code judge} gives each response
 * it is shown a score: 9 if it has the word "good", else 3.
 */
public final class JudgedProvider implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, String> texts;
  private final List<JsonNode> judged = new CopyOnWriteArrayList<>();

  private JudgedProvider(HttpServer server, Map<String, String> texts) {
    this.server = server;
    this.texts = texts;
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::reply);
    server.start();
  }

  /**
   * Starts one on a free port.
   *
   * @param texts what each model says; one that is not there fails
   */
  public static JudgedProvider start(Map<String, String> texts) {
    try {
      return new JudgedProvider(
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), texts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is, without a path. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The requests that the judge has received. */
  public List<JsonNode> judged() {
    return List.copyOf(judged);
  }

  private void reply(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = Grammar.JSON.readTree(exchange.getRequestBody().readAllBytes());
      String model = request.path("model").asText();
      Grammar grammar = Grammar.of(exchange.getRequestURI().toString());
      boolean judge = model.equals("judge");
      if (!judge && !texts.containsKey(model)) {
        send(exchange, 500, "application/json", grammar.failure(500, "no such model"));
        return;
      }
      Said said = Said.text(judge ? scores(request) : texts.get(model));
      boolean streams = grammar.wantsStream(request);
      String type = streams ? grammar.streamType() : "application/json";
      send(exchange, 200, type, streams ? streamed(grammar, said) : grammar.whole(model, said));
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("content-type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static String streamed(Grammar grammar, Said said) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Grammar.Events events = grammar.stream("m", said);
    for (List<String> part : List.of(events.opening(), events.tokens(), events.closing())) {
      part.forEach(event -> all.writeBytes(grammar.frame(event.getBytes(StandardCharsets.UTF_8))));
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  private String scores(JsonNode request) {
    judged.add(request);
    String shown = request.path("messages").path(1).path("content").asText();
    List<Integer> scores = new ArrayList<>();
    String[] responses = shown.split("\nResponse [0-9]:\n");
    for (int i = 1; i < responses.length; i++) {
      scores.add(responses[i].contains("good") ? 9 : 3);
    }
    return "```json\n{\"scores\": " + scores + "}\n```";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

package dev.serai.e2e.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * A provider of OpenAI's dialect. Its model {@code writer} writes summaries as a script says: it
 * keeps the lines of the conversation and of the summary so far that have the word "fact". The
 * model {@code broken} fails, all others say "ok".
 */
public final class SummaryProvider implements AutoCloseable {
  private final HttpServer server;
  private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
  private final List<JsonNode> written = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  private SummaryProvider(HttpServer server) {
    this.server = server;
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::reply);
    server.start();
  }

  /** Starts one on a free port. */
  public static SummaryProvider start() {
    try {
      return new SummaryProvider(
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is, without a path. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The requests for summaries. */
  public List<JsonNode> written() {
    return List.copyOf(written);
  }

  /** The other requests. */
  public List<JsonNode> asked() {
    return List.copyOf(asked);
  }

  /** Lets requests for summaries wait. */
  public void hold() {
    gate = new CountDownLatch(1);
  }

  /** Responds to those that wait. */
  public void release() {
    gate.countDown();
  }

  private void reply(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = Grammar.JSON.readTree(exchange.getRequestBody().readAllBytes());
      String model = request.path("model").asText();
      Grammar grammar = Grammar.of(exchange.getRequestURI().toString());
      boolean summary = !model.equals("talker");
      (summary ? written : asked).add(request);
      if (summary) {
        awaitRelease();
      }
      if (model.equals("broken")) {
        send(exchange, 400, grammar.failure(400, "it does not work"));
      } else {
        send(exchange, 200, grammar.whole(model, Said.text(summary ? facts(request) : "ok")));
      }
    }
  }

  private void awaitRelease() throws IOException {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IOException("the test is over", e);
    }
  }

  private static String facts(JsonNode request) {
    return request
        .at("/messages/1/content")
        .asText()
        .lines()
        .filter(line -> line.contains("fact"))
        .map(line -> line.replaceFirst("^(user|assistant): ", ""))
        .collect(Collectors.joining("\n", "Written. ", ""));
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("content-type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    release();
    server.stop(0);
  }
}

package dev.serai.gateway.telemetry.trace;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A provider that speaks OpenAI's dialect; keeps the traceparent of every request. */
final class FakeOpenAi implements AutoCloseable {
  final List<String> traceparents = new CopyOnWriteArrayList<>();
  final CountDownLatch mayFinish = new CountDownLatch(1);
  volatile int status = 200;

  private final HttpServer server;

  FakeOpenAi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/chat/completions", this::respond);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  private void respond(HttpExchange exchange) throws IOException {
    String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    traceparents.add(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
    if (status != 200) {
      whole(exchange, "{\"error\":{\"message\":\"no\",\"type\":\"t\",\"code\":\"c\"}}");
    } else if (request.contains("\"stream\":true")) {
      stream(exchange);
    } else {
      whole(
          exchange,
          "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-real\","
              + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
              + "\"the answer\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":11,"
              + "\"completion_tokens\":7,\"total_tokens\":18}}");
    }
  }

  private void whole(HttpExchange exchange, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("content-type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void stream(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("content-type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      send(out, chunk("{\"index\":0,\"delta\":{\"content\":\"the\"},\"finish_reason\":null}", ""));
      mayFinish.await();
      send(out, chunk("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}", ""));
      send(
          out,
          chunk("", ",\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}"));
      send(out, "[DONE]");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String chunk(String choice, String more) {
    return "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
        + "\"model\":\"gpt-real\",\"choices\":["
        + choice
        + "]"
        + more
        + "}";
  }

  private static void send(OutputStream out, String data) throws IOException {
    out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

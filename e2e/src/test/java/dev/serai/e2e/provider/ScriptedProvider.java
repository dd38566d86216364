package dev.serai.e2e.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * A provider that replies as a case of {@code translation/} says, and keeps the requests. A reply
 * is {@code {body}}, {@code {text}}, {@code {events}} (of Bedrock: the type, a space and the JSON)
 * or {@code {call}}, a call of the tool whose name is at that place of the request; without one the
 * model says "ok", in the words of the API that is called.
 */
public final class ScriptedProvider implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<JsonNode> bodies = new CopyOnWriteArrayList<>();
  private final List<String> fields = new CopyOnWriteArrayList<>();
  private final Queue<JsonNode> script = new ArrayDeque<>();

  private ScriptedProvider(HttpServer server) {
    this.server = server;
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::reply);
    server.start();
  }

  /** Starts one on a free port. */
  public static ScriptedProvider start() {
    try {
      return new ScriptedProvider(
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is, without a path. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Forgets everything; the next requests get these replies, and all later ones "ok". */
  public synchronized void play(List<JsonNode> replies) {
    script.clear();
    script.addAll(replies);
    bodies.clear();
    fields.clear();
  }

  /** The bodies of the requests. */
  public List<JsonNode> bodies() {
    return List.copyOf(bodies);
  }

  /** The header fields of the last request, a line each. */
  public String lastFields() {
    return fields.getLast();
  }

  private synchronized JsonNode next() {
    JsonNode next = script.poll();
    return next == null ? JSON.createObjectNode() : next;
  }

  private void reply(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
      StringBuilder lines = new StringBuilder();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> lines.append(name + ": " + String.join(",", values) + "\n"));
      fields.add(lines.toString().toLowerCase(java.util.Locale.ROOT));
      bodies.add(request);
      String path = path(exchange.getRequestURI().toString());
      JsonNode reply = next();
      byte[] body = bytes(path, request, reply);
      String type = reply.path("type").asText(type(path, request, reply));
      if (!type.isEmpty()) {
        exchange.getResponseHeaders().add("content-type", type);
      }
      exchange.sendResponseHeaders(reply.path("status").asInt(200), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** The path without the provider's own first part. */
  private static String path(String uri) {
    int model = uri.indexOf("/model/");
    int api = uri.indexOf("/api/");
    return model >= 0 ? uri.substring(model) : api >= 0 ? uri.substring(api) : uri;
  }

  private static boolean streams(String path, JsonNode request, JsonNode reply) {
    return reply.has("events")
        || !reply.has("body") && !reply.has("text") && Grammar.of(path).wantsStream(request);
  }

  private static String type(String path, JsonNode request, JsonNode reply) {
    return streams(path, request, reply) ? Grammar.of(path).streamType() : "application/json";
  }

  private static byte[] bytes(String path, JsonNode request, JsonNode reply) {
    if (reply.has("body") || reply.has("text")) {
      String body = reply.has("text") ? reply.path("text").asText() : reply.path("body").toString();
      return body.getBytes(StandardCharsets.UTF_8);
    }
    Grammar grammar = Grammar.of(path);
    if (reply.has("events")) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (JsonNode event : reply.path("events")) {
        all.writeBytes(grammar.frame(event(event).getBytes(StandardCharsets.UTF_8)));
      }
      return all.toByteArray();
    }
    Said said = said(request, reply);
    return grammar.wantsStream(request)
        ? streamed(grammar, grammar.stream("m", said))
        : grammar.whole("m", said).getBytes(StandardCharsets.UTF_8);
  }

  private static String event(JsonNode event) {
    if (event.isTextual()) {
      String text = event.asText();
      return text.contains(" ") ? text : "data: " + text + "\n\n";
    }
    return event.has("type")
        ? Grammar.event(event.path("type").asText(), event)
        : Grammar.event(event);
  }

  private static byte[] streamed(Grammar grammar, Grammar.Events events) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (List<String> part : List.of(events.opening(), events.tokens(), events.closing())) {
      for (String event : part) {
        all.writeBytes(grammar.frame(event.getBytes(StandardCharsets.UTF_8)));
      }
    }
    return all.toByteArray();
  }

  private static Said said(JsonNode request, JsonNode reply) {
    if (!reply.has("call")) {
      return Said.text("ok");
    }
    String name = request.at(reply.path("call").asText()).asText();
    return new Said(List.of(new Said.ToolCall("c1", name, List.of("{\"a\":", "1}"))), "tool_calls");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

package dev.serai.processors.service;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.json.JsonWriter;
import dev.serai.processors.support.Calls;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Reports liveness and readiness. {@code /health/live} is 200 while the process responds; {@code
 * /health/ready} is 503 while it starts or drains, or while a background thread that it needs
 * fails, and names the threads that fail. It also has whether the database accepts usage, which
 * calls do not need. {@code /healthz} is the plain text "ok". Thread-safe.
 */
public final class ReportHealth implements Processor {
  private final BooleanSupplier ready;
  private final BooleanSupplier databaseUp;
  private final Supplier<List<String>> failing;

  /**
   * @param databaseUp whether the database takes usage
   * @param failing the names of the background threads that fail now
   */
  public ReportHealth(
      BooleanSupplier ready, BooleanSupplier databaseUp, Supplier<List<String>> failing) {
    this.ready = ready;
    this.databaseUp = databaseUp;
    this.failing = failing;
  }

  @Override
  public void process(Exchange exchange) {
    String path = Calls.body(exchange, InboundRequest.class).path();
    Reply reply =
        switch (path) {
          case "/health/live" -> reply(200, "application/json", "{\"status\":\"alive\"}");
          case "/healthz" -> reply(200, "text/plain", "ok");
          default -> readiness(ready.getAsBoolean());
        };
    exchange.getMessage().setBody(reply);
  }

  private Reply readiness(boolean isReady) {
    JsonWriter json =
        new JsonWriter().beginObject().member("status", isReady ? "ready" : "not ready");
    if (!databaseUp.getAsBoolean()) {
      json.member("database", "unavailable");
    }
    List<String> names = failing.get();
    if (!names.isEmpty()) {
      json.name("failing").beginArray();
      names.forEach(json::value);
      json.endArray();
    }
    byte[] body = json.endObject().bytes();
    return reply(isReady ? 200 : 503, "application/json", new String(body, StandardCharsets.UTF_8));
  }

  private static Reply reply(int status, String type, String body) {
    return new Reply.Complete(
        status,
        new HeaderFields().add("content-type", type).add("cache-control", "no-store"),
        body.getBytes(StandardCharsets.UTF_8));
  }
}

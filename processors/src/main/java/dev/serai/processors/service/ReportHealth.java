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
 * Reports liveness and readiness. {@code /health/live} is 200 while the process responds, and 503
 * if only a restart helps; {@code /health/ready} is 503 while it starts or drains, or while a
 * thread that it needs fails or no call can be recorded, and names the threads that fail. It also
 * names what is unavailable, such as the database, which calls do not need. {@code /healthz} is the
 * plain text "ok". Thread-safe.
 */
public final class ReportHealth implements Processor {
  private final BooleanSupplier alive;
  private final BooleanSupplier ready;
  private final Supplier<List<String>> unavailable;
  private final Supplier<List<String>> failing;

  /**
   * @param alive false if only a restart of the process helps
   * @param ready whether the gateway takes requests
   * @param unavailable what cannot be used, such as the database, which calls do not need
   * @param failing the names of the background threads that fail now
   */
  public ReportHealth(
      BooleanSupplier alive,
      BooleanSupplier ready,
      Supplier<List<String>> unavailable,
      Supplier<List<String>> failing) {
    this.alive = alive;
    this.ready = ready;
    this.unavailable = unavailable;
    this.failing = failing;
  }

  @Override
  public void process(Exchange exchange) {
    String path = Calls.body(exchange, InboundRequest.class).path();
    boolean lives = alive.getAsBoolean();
    Reply reply =
        switch (path) {
          case "/health/live" ->
              lives
                  ? reply(200, "application/json", "{\"status\":\"alive\"}")
                  : report(503, "not alive");
          case "/healthz" -> reply(lives ? 200 : 503, "text/plain", lives ? "ok" : "not alive");
          default -> ready.getAsBoolean() ? report(200, "ready") : report(503, "not ready");
        };
    exchange.getMessage().setBody(reply);
  }

  private Reply report(int status, String said) {
    JsonWriter json = new JsonWriter().beginObject().member("status", said);
    unavailable.get().forEach(server -> json.member(server, "unavailable"));
    List<String> names = failing.get();
    if (!names.isEmpty()) {
      json.name("failing").beginArray();
      names.forEach(json::value);
      json.endArray();
    }
    byte[] body = json.endObject().bytes();
    return reply(status, "application/json", new String(body, StandardCharsets.UTF_8));
  }

  private static Reply reply(int status, String type, String body) {
    return new Reply.Complete(
        status,
        new HeaderFields().add("content-type", type).add("cache-control", "no-store"),
        body.getBytes(StandardCharsets.UTF_8));
  }
}

package dev.serai.processors.service;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.processors.support.Calls;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Reports liveness and readiness. {@code /health/live} is 200 while the process responds; {@code
 * /health/ready} is 503 while it starts or drains; {@code /healthz} is the plain text "ok".
 * Thread-safe.
 */
public final class ReportHealth implements Processor {
  private final BooleanSupplier ready;

  public ReportHealth(BooleanSupplier ready) {
    this.ready = ready;
  }

  @Override
  public void process(Exchange exchange) {
    String path = Calls.body(exchange, InboundRequest.class).path();
    Reply reply =
        switch (path) {
          case "/health/live" -> reply(200, "application/json", "{\"status\":\"alive\"}");
          case "/healthz" -> reply(200, "text/plain", "ok");
          default ->
              ready.getAsBoolean()
                  ? reply(200, "application/json", "{\"status\":\"ready\"}")
                  : reply(503, "application/json", "{\"status\":\"not ready\"}");
        };
    exchange.getMessage().setBody(reply);
  }

  private static Reply reply(int status, String type, String body) {
    return new Reply.Complete(
        status,
        new HeaderFields().add("content-type", type).add("cache-control", "no-store"),
        body.getBytes(StandardCharsets.UTF_8));
  }
}

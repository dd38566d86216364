package dev.serai.gateway.probes;

import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.request.CallLabels;
import dev.serai.processors.support.DetachedExchange;
import dev.serai.processors.support.EventLoops;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a health probe through the route {@code health-probe}: a short chat request, whose response
 * has a few tokens at most and which is tried once. Thread-safe.
 */
public final class HealthProbeRoute implements HealthProbes.Sender {
  private static final Logger LOG = LoggerFactory.getLogger(HealthProbeRoute.class);
  private static final String ROUTE = "direct:health-probe";
  private static final String PATH = "/v1/chat/completions";

  /** OpenAI's newer models refuse fewer. */
  private static final int MAX_TOKENS = 16;

  private final Supplier<CamelContext> context;
  private final EventLoops loops;
  private final Supplier<String> requestIds;

  /**
   * @param requestIds makes the ID of a request, which begins with its time: the ledger finds the
   *     rows of a time by it
   */
  public HealthProbeRoute(
      Supplier<CamelContext> context, EventLoops loops, Supplier<String> requestIds) {
    this.context = context;
    this.loops = loops;
    this.requestIds = requestIds;
  }

  @Override
  public void send(String model, Runnable ended) {
    Exchange exchange = new DefaultExchange(context.get());
    exchange.setProperty(ExchangeProperties.REQUEST_ID, requestIds.get());
    exchange.setProperty(ExchangeProperties.PATH, PATH);
    exchange.setProperty(ExchangeProperties.INTERNAL, true);
    exchange.getIn().setBody(request(model));
    try {
      loops.of(exchange).execute(() -> run(exchange, ended));
    } catch (RejectedExecutionException closed) {
      LOG.debug("the gateway is closed; {} is not probed", model, closed);
      ended.run();
    }
  }

  private static InboundRequest request(String model) {
    byte[] body =
        new JsonWriter()
            .beginObject()
            .member("model", model)
            .member("max_tokens", MAX_TOKENS)
            .name("messages")
            .beginArray()
            .beginObject()
            .member("role", "user")
            .member("content", "ping")
            .endObject()
            .endArray()
            .endObject()
            .bytes();
    HeaderFields fields =
        new HeaderFields()
            .add("content-type", "application/json")
            .add("x-serai-max-attempts", "1")
            .add("x-serai-task-type", CallLabels.HEALTH_PROBE);
    return new InboundRequest("POST", PATH, "", fields, body);
  }

  private static void run(Exchange exchange, Runnable ended) {
    DetachedExchange probe = new DetachedExchange(exchange);
    probe.send(ROUTE, () -> done(probe, ended));
  }

  private static void done(DetachedExchange probe, Runnable ended) {
    Exception why = probe.exchange().getException();
    if (why != null) { // the route ends failed calls itself
      LOG.warn("a health probe could not be sent", why);
    }
    probe.finish();
    ended.run();
  }
}

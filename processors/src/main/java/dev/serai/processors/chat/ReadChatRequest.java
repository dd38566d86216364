package dev.serai.processors.chat;

import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.surface.Surface;
import dev.serai.core.surface.Surfaces;
import dev.serai.core.time.Ticker;
import dev.serai.processors.experiments.AssignVariant;
import dev.serai.processors.support.Calls;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Reads a chat request in the form of the surface that owns its path, and begins the call, which
 * may take part in an experiment, unless the gateway itself makes it. A request for an alias that
 * has parameters, or whose variant leads to one, gets those that it does not set. Thread-safe.
 */
public final class ReadChatRequest implements Processor {
  private final Surfaces surfaces;
  private final Ticker ticker;
  private final Function<String, DefaultParameters> defaults;
  private final AssignVariant variants;

  /**
   * @param defaults the parameters of an alias for requests that do not set them
   * @param variants assigns calls to the variants of experiments
   */
  public ReadChatRequest(
      Surfaces surfaces,
      Ticker ticker,
      Function<String, DefaultParameters> defaults,
      AssignVariant variants) {
    this.variants = variants;
    this.defaults = defaults;
    this.surfaces = surfaces;
    this.ticker = ticker;
  }

  @Override
  public void process(Exchange exchange) {
    InboundRequest inbound = Calls.body(exchange, InboundRequest.class);
    Surface surface = surfaces.forPath(inbound.path());
    Call call = begin(exchange, surface, inbound, inbound);
    DefaultParameters missing = defaults.apply(call.plannedModel());
    if (missing.equals(DefaultParameters.NONE) || call.request().isTokenCount()) {
      return;
    }
    byte[] body = surface.withDefaults(inbound.body(), missing);
    if (body != inbound.body()) {
      begin(exchange, surface, inbound.with(body), inbound);
    }
  }

  private Call begin(
      Exchange exchange, Surface surface, InboundRequest complete, InboundRequest inbound) {
    Call call = Calls.begin(exchange, surface.readRequest(complete), surface, ticker);
    if (!exchange.getProperty(ExchangeProperties.INTERNAL, false, Boolean.class)) {
      variants.assign(call, inbound);
    }
    return call;
  }
}

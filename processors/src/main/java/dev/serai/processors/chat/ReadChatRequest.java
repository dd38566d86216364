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
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import java.util.function.Function;
import org.apache.camel.Exchange;

/**
 * Reads a chat request in the form of the surface that owns its path, and begins the call, which
 * may take part in an experiment, unless the gateway itself makes it. A request for an alias that
 * has parameters, or whose variant leads to one, gets those that it does not set. A long request is
 * read off the event loop. Thread-safe.
 */
public final class ReadChatRequest extends OffLoop {
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
      AssignVariant variants,
      EventLoops loops) {
    super(loops);
    this.variants = variants;
    this.defaults = defaults;
    this.surfaces = surfaces;
    this.ticker = ticker;
  }

  @Override
  protected boolean isQuick(Exchange exchange) {
    return isShort(Calls.body(exchange, InboundRequest.class).body().length);
  }

  @Override
  protected void work(Exchange exchange) {
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

package dev.serai.processors.chat;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.surface.Surface;
import dev.serai.core.surface.Surfaces;
import dev.serai.core.time.Ticker;
import dev.serai.processors.support.Calls;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Reads a chat request in the form of the surface that owns its path, and begins the call. A
 * request for an alias that has parameters gets those that it does not set. Thread-safe.
 */
public final class ReadChatRequest implements Processor {
  private final Surfaces surfaces;
  private final Ticker ticker;
  private final Function<String, DefaultParameters> defaults;

  /**
   * @param defaults the parameters of an alias for requests that do not set them
   */
  public ReadChatRequest(
      Surfaces surfaces, Ticker ticker, Function<String, DefaultParameters> defaults) {
    this.defaults = defaults;
    this.surfaces = surfaces;
    this.ticker = ticker;
  }

  @Override
  public void process(Exchange exchange) {
    InboundRequest inbound = Calls.body(exchange, InboundRequest.class);
    Surface surface = surfaces.forPath(inbound.path());
    Calls.begin(exchange, read(surface, inbound), surface, ticker);
  }

  private ChatRequest read(Surface surface, InboundRequest inbound) {
    ChatRequest request = surface.readRequest(inbound);
    DefaultParameters missing = defaults.apply(request.model());
    if (missing.equals(DefaultParameters.NONE) || request.isTokenCount()) {
      return request;
    }
    byte[] body = surface.withDefaults(inbound.body(), missing);
    return body == inbound.body() ? request : surface.readRequest(inbound.with(body));
  }
}

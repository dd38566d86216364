package dev.serai.processors.chat;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.surface.Surface;
import dev.serai.core.surface.Surfaces;
import dev.serai.core.time.Ticker;
import dev.serai.processors.support.Calls;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Reads a chat request in the form of the surface that owns its path, and begins the call.
 * Thread-safe.
 */
public final class ReadChatRequest implements Processor {
  private final Surfaces surfaces;
  private final Ticker ticker;

  public ReadChatRequest(Surfaces surfaces, Ticker ticker) {
    this.surfaces = surfaces;
    this.ticker = ticker;
  }

  @Override
  public void process(Exchange exchange) {
    InboundRequest inbound = Calls.body(exchange, InboundRequest.class);
    Surface surface = surfaces.forPath(inbound.path());
    Calls.begin(exchange, surface.readRequest(inbound), surface, ticker);
  }
}

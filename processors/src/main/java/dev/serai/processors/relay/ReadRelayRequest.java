package dev.serai.processors.relay;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.surface.RelaySurface;
import dev.serai.core.surface.Surfaces;
import dev.serai.core.time.Ticker;
import dev.serai.processors.support.Calls;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Reads a request that is forwarded unchanged, and begins the call. Thread-safe. */
public final class ReadRelayRequest implements Processor {
  private final RelaySurface relayed;
  private final Surfaces surfaces;
  private final Ticker ticker;

  /**
   * @param surfaces write problems
   */
  public ReadRelayRequest(RelaySurface relayed, Surfaces surfaces, Ticker ticker) {
    this.relayed = relayed;
    this.surfaces = surfaces;
    this.ticker = ticker;
  }

  @Override
  public void process(Exchange exchange) {
    InboundRequest inbound = Calls.body(exchange, InboundRequest.class);
    Calls.begin(exchange, relayed.readRequest(inbound), surfaces.forPath(inbound.path()), ticker);
  }
}

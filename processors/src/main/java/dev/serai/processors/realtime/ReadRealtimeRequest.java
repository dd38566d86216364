package dev.serai.processors.realtime;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.surface.RealtimeSurface;
import dev.serai.core.surface.Surfaces;
import dev.serai.core.time.Ticker;
import dev.serai.processors.support.Calls;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Reads the handshake of a realtime session, and begins the call. Thread-safe. */
public final class ReadRealtimeRequest implements Processor {
  private final RealtimeSurface realtime;
  private final Surfaces surfaces;
  private final Ticker ticker;

  /**
   * @param surfaces write problems that come before the realtime session
   */
  public ReadRealtimeRequest(RealtimeSurface realtime, Surfaces surfaces, Ticker ticker) {
    this.realtime = realtime;
    this.surfaces = surfaces;
    this.ticker = ticker;
  }

  @Override
  public void process(Exchange exchange) {
    InboundRequest inbound = Calls.body(exchange, InboundRequest.class);
    Calls.begin(exchange, realtime.readRequest(inbound), surfaces.forPath(inbound.path()), ticker);
  }
}

package dev.serai.processors.relay;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.surface.EmbeddingSurface;
import dev.serai.core.surface.Surfaces;
import dev.serai.core.time.Ticker;
import dev.serai.processors.support.Calls;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Reads an embeddings request in the form of the surface that owns its path, and begins the call.
 * Thread-safe.
 */
public final class ReadEmbeddingRequest implements Processor {
  private final List<EmbeddingSurface> known;
  private final Surfaces surfaces;
  private final Ticker ticker;

  /**
   * @param surfaces write problems
   */
  public ReadEmbeddingRequest(List<EmbeddingSurface> known, Surfaces surfaces, Ticker ticker) {
    this.known = List.copyOf(known);
    this.surfaces = surfaces;
    this.ticker = ticker;
  }

  @Override
  public void process(Exchange exchange) {
    InboundRequest inbound = Calls.body(exchange, InboundRequest.class);
    EmbeddingSurface reader =
        known.stream()
            .filter(surface -> surface.owns(inbound.path()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no embeddings at " + inbound.path()));
    Calls.begin(exchange, reader.readRequest(inbound), surfaces.forPath(inbound.path()), ticker);
  }
}

package dev.serai.processors.relay;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.surface.EmbeddingSurface;
import dev.serai.core.surface.Surfaces;
import dev.serai.core.time.Ticker;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * Reads an embeddings request in the form of the surface that owns its path, and begins the call.
 * Thread-safe.
 */
public final class ReadEmbeddingRequest extends OffLoop {
  private final List<EmbeddingSurface> known;
  private final Surfaces surfaces;
  private final Ticker ticker;

  /**
   * @param surfaces write problems
   */
  public ReadEmbeddingRequest(
      List<EmbeddingSurface> known, Surfaces surfaces, Ticker ticker, EventLoops loops) {
    super(loops, BOUNDED_BY_MEMORY);
    this.known = List.copyOf(known);
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
    EmbeddingSurface reader =
        known.stream()
            .filter(surface -> surface.owns(inbound.path()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no embeddings at " + inbound.path()));
    Calls.begin(exchange, reader.readRequest(inbound), surfaces.forPath(inbound.path()), ticker);
  }
}

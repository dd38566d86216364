package dev.serai.core.surface;

import dev.serai.core.chat.Usage;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.EmbeddingRequest;
import dev.serai.core.request.EmbeddingResponse;
import java.util.Optional;

/** Reads embedding requests of clients and writes their responses. Pure and thread-safe. */
public interface EmbeddingSurface {
  /** The dialect of its requests' bytes. */
  String dialect();

  /** Whether it reads what comes to that path. */
  boolean owns(String path);

  /**
   * Reads a request.
   *
   * @throws GatewayProblem 400 if the bytes are not a request of this surface
   */
  EmbeddingRequest readRequest(InboundRequest inbound);

  /** Writes a response that came from another dialect. */
  byte[] writeResponse(EmbeddingRequest request, EmbeddingResponse response, Optional<Usage> usage);
}

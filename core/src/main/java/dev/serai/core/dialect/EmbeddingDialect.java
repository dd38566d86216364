package dev.serai.core.dialect;

import dev.serai.core.chat.Usage;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.EmbeddingReply;
import dev.serai.core.request.EmbeddingRequest;
import java.util.Optional;

/** Translates requests for embeddings and their replies. No I/O; thread-safe. */
public interface EmbeddingDialect {
  /**
   * Writes the request for one attempt, always from the caller's own bytes.
   *
   * @throws GatewayProblem if the request cannot be put into this dialect at all
   */
  ProviderRequest writeRequest(EmbeddingRequest request, Destination destination);

  /**
   * Reads a successful reply: forwarded if the caller speaks this dialect, else read into core
   * types.
   *
   * @throws ProviderProblem MALFORMED if it is not one
   */
  EmbeddingReply readReply(byte[] body, EmbeddingRequest request, Destination destination);

  /** The token count of a reply; empty if it has none. */
  Optional<Usage> readUsage(byte[] body);
}

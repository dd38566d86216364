package dev.serai.core.dialect;

import dev.serai.core.chat.Usage;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.EmbeddingReply;
import dev.serai.core.request.EmbeddingRequest;
import java.util.Optional;

/** How a dialect embeds. Pure translation, thread-safe. */
public interface EmbeddingDialect {
  /**
   * Writes the request for one attempt, always from the caller's own bytes.
   *
   * @throws GatewayProblem if the request cannot be put into this dialect at all
   */
  ProviderRequest writeRequest(EmbeddingRequest request, Destination destination);

  /**
   * Reads a successful answer: handed on where the caller speaks this dialect, else understood.
   *
   * @throws ProviderProblem GARBLED if it is not one
   */
  EmbeddingReply readReply(byte[] body, EmbeddingRequest request, Destination destination);

  /** What the answer says of tokens, if it says anything. */
  Optional<Usage> readUsage(byte[] body);
}

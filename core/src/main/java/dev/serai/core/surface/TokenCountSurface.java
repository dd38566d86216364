package dev.serai.core.surface;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;

/** A surface whose clients may ask how many tokens a request has. Pure and thread-safe. */
public interface TokenCountSurface extends Surface {
  /**
   * Reads a request for a count of tokens.
   *
   * @return the request whose tokens are counted
   * @throws GatewayProblem 400 if it is not such a request
   */
  default ChatRequest readTokenCount(InboundRequest inbound) {
    return readRequest(inbound);
  }

  /** Writes a count of a request's tokens. */
  byte[] writeTokenCount(long tokens);
}

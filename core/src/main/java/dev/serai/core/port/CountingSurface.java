package dev.serai.core.port;

import dev.serai.core.chat.ChatRequest;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.GatewayProblem;

/** How clients ask how many tokens a prompt has. Pure and thread-safe. */
public interface CountingSurface {
  /**
   * Reads a request that is to be counted.
   *
   * @throws GatewayProblem 400 if it is not one of this surface
   */
  ChatRequest readCount(InboundRequest inbound);

  /** Writes the count. */
  byte[] writeCount(long tokens);
}

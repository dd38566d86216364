package dev.serai.core.surface;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.RelayRequest;

/** Reads requests that are relayed without translation. Pure and thread-safe. */
@FunctionalInterface
public interface RelaySurface {
  /**
   * Reads what routing needs of a request.
   *
   * @throws GatewayProblem 400 if its body is not what its type says, 415 if that type is not one
   *     in which a model's name can be found
   */
  RelayRequest readRequest(InboundRequest inbound);
}

package dev.serai.gateway.edge;

import dev.serai.core.problem.GatewayProblem;

/** Writes what the edge itself refuses, in the shape that clients of the path expect. */
@FunctionalInterface
public interface ProblemWriter {
  /**
   * The body of the answer; called once for every problem shown, on the event loop.
   *
   * @param path of the request, {@code /} where it could not be read
   */
  byte[] of(String path, GatewayProblem problem);
}

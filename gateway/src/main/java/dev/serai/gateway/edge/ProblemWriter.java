package dev.serai.gateway.edge;

import dev.serai.core.problem.GatewayProblem;

/** Writes a problem of the edge in the error format that clients of the path expect. */
@FunctionalInterface
public interface ProblemWriter {
  /**
   * The body of the reply. Called once for every problem that is shown, on the event loop.
   *
   * @param path of the request; {@code /} if it could not be read
   */
  byte[] of(String path, GatewayProblem problem);

  /** The HTTP status of the reply, which an API may have of its own. */
  default int status(String path, GatewayProblem problem) {
    return problem.status();
  }
}

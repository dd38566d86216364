package dev.serai.gateway.edge;

import dev.serai.core.problem.GatewayProblem;
import dev.serai.gateway.edge.request.RequestHead;

/** Writes a problem of the edge in the error format that its client expects. Thread-safe. */
@FunctionalInterface
public interface ProblemWriter {
  /**
   * The body of the reply. Called once for every problem that is shown, on the event loop.
   *
   * @param request its path is {@code /} if it could not be read; a path that is refused may be
   *     malformed
   */
  byte[] of(RequestHead request, GatewayProblem problem);

  /** The HTTP status of the reply, which an API may have of its own. */
  default int status(RequestHead request, GatewayProblem problem) {
    return problem.status();
  }
}

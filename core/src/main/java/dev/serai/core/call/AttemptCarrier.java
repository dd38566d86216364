package dev.serai.core.call;

import dev.serai.core.problem.GatewayProblem;

/**
 * What sends the request of an attempt to its provider: its upstream call. Safe for use by many
 * threads.
 */
public interface AttemptCarrier {
  /** Whether the request was sent, or a part of it, also when the upstream call has ended. */
  boolean isSent();

  /**
   * Closes the connection, and fails the attempt with {@code why}. Does nothing once the reply has
   * been read. Takes effect at once on the event loop of the call.
   */
  void abort(GatewayProblem why);
}

package dev.serai.gateway.edge;

import dev.serai.core.problem.GatewayProblem;

/** A reply that goes on after its head: a stream, or a WebSocket. */
interface OngoingReply {
  /** Begins; the head of a stream has been written, but not flushed. */
  void start();

  /** The client has disconnected. */
  void cancel();

  /** The gateway ends the reply: with an error event, if its format has one. */
  void stop(GatewayProblem why);

  /** The socket's queue has crossed one of its water marks. */
  void writabilityChanged();

  /** Whether bytes were written since the last call. */
  boolean flowed();

  /** Sends what shows that the connection is alive. */
  void keepAlive();
}

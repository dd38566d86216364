package dev.serai.gateway.edge;

import dev.serai.core.http.Reply;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.websocket.Close;

/** A reply that goes on after its head: a stream, or a WebSocket. */
interface OngoingReply {
  /** Ends a reply that no client will read. */
  static void discard(Reply reply) {
    switch (reply) {
      case Reply.Complete _ -> {}
      case Reply.Streaming streaming -> streaming.stream().cancel();
      case Reply.Upgraded upgraded -> upgraded.socket().close(Close.LOST);
    }
  }

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

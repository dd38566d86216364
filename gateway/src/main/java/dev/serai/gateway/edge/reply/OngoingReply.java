package dev.serai.gateway.edge.reply;

import dev.serai.core.http.ByteStream;
import dev.serai.core.http.Reply;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.websocket.Close;
import dev.serai.gateway.edge.request.ClientConnection;

/**
 * A reply that goes on after its head: a stream, or a WebSocket. For the event loop of the client's
 * connection.
 */
public interface OngoingReply {
  /** Maximum bytes that a source may queue while it is paused. */
  int MAX_QUEUED = 8 * 1024 * 1024;

  /**
   * The reply that a stream is.
   *
   * @param chunked whether the body has the chunked encoding, or else ends with the connection
   */
  static OngoingReply of(ByteStream source, ClientConnection connection, boolean chunked) {
    return new StreamReply(connection, source, chunked);
  }

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

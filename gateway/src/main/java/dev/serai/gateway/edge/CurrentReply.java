package dev.serai.gateway.edge;

import dev.serai.core.http.Reply;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.gateway.edge.reply.OngoingReply;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * The reply that a connection writes: a whole one at once, or a head and after it a stream or the
 * frames of a WebSocket, until {@link #ended} or {@link #cancel}. The connection decides what comes
 * after it. Used on the connection's event loop only.
 */
final class CurrentReply {
  private final EdgeConnection connection;
  private final EdgeServer server;
  private final Channel channel;
  private final CurrentRequest request;
  private @Nullable OngoingReply ongoing;

  CurrentReply(EdgeConnection connection, CurrentRequest request) {
    this.connection = connection;
    this.server = connection.server();
    this.channel = connection.channel();
    this.request = request;
  }

  /** Writes a whole reply, without a flush. */
  void write(Reply.Complete reply, boolean close) {
    request.replied(reply.status());
    connection.transport().write(request.head(), reply, close);
  }

  /**
   * Writes the head of a stream, and begins the stream.
   *
   * @return false if the reply ends with its head
   */
  boolean begin(Reply.Streaming reply, boolean close) {
    request.replied(reply.status());
    Transport transport = connection.transport();
    transport.begin(request.head(), reply, close);
    if (request.head().isHead()) {
      reply.stream().cancel();
      return false;
    }
    begin(OngoingReply.of(reply.stream(), connection, transport.sendsChunks(request.head())));
    return true;
  }

  /** Accepts the handshake of a WebSocket, and begins to relay its frames. */
  void begin(Reply.Upgraded reply) {
    request.replied(reply.status());
    server.write(channel, server.replies().upgraded(channel.alloc(), request.head(), reply));
    begin(server.sockets().relay(connection, request.head(), reply.socket()));
  }

  private void begin(OngoingReply begun) {
    server.load().streamBegun();
    ongoing = begun;
    begun.start();
  }

  /** What has begun and not ended yet; null if nothing has. */
  @Nullable OngoingReply ongoing() {
    return ongoing;
  }

  void writabilityChanged() {
    if (ongoing != null) {
      ongoing.writabilityChanged();
    }
  }

  /** What had begun has ended by itself. */
  void ended() {
    ongoing = null;
    server.load().streamEnded();
  }

  /**
   * The client has disconnected.
   *
   * @return whether something had begun, which has ended now
   */
  boolean cancel() {
    OngoingReply open = ongoing;
    if (open == null) {
      return false;
    }
    ended();
    open.cancel();
    return true;
  }

  /**
   * The gateway ends what has begun.
   *
   * @return whether anything had
   */
  boolean stop(GatewayProblem why) {
    OngoingReply open = ongoing;
    if (open == null) {
      return false;
    }
    open.stop(why);
    return true;
  }
}

package dev.serai.gateway.edge.request;

import dev.serai.core.limit.ByteLimit;
import io.netty.channel.Channel;

/**
 * The connection of a client, as the body of its request and the reply to it use it. Used on the
 * connection's event loop only.
 */
public interface ClientConnection {
  /** The socket. */
  Channel channel();

  /** The limit of the bytes that are held for all connections. */
  ByteLimit memory();

  /** Reads the rest of the body from the socket, or leaves it there. */
  void readBody(boolean on);

  /**
   * A reply that goes on after its head has ended, and all of its bytes have been written.
   *
   * @param well whether it is complete
   */
  void streamEnded(boolean well);

  /** Closes at once, also in the middle of a request. */
  void abort();
}

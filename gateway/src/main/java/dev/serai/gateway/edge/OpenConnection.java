package dev.serai.gateway.edge;

import io.netty.channel.Channel;

/** A connection of a client, as the server ends it. */
interface OpenConnection {
  /** The socket. */
  Channel channel();

  /** The server drains: closes soon if nothing runs, else after the last reply. */
  void drain();

  /** The time to drain is over: tells the client so, and closes. */
  void cutOff();

  /** Closes at once. */
  void abort();
}

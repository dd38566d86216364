package dev.serai.gateway.edge.request;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/** The address of a client, for the audit log. Stateless. */
public final class ClientAddress {
  private ClientAddress() {}

  /** The IP address of the other side of a connection; empty if there is none. */
  public static String of(Channel connection) {
    return connection.remoteAddress() instanceof InetSocketAddress address
        ? address.getAddress().getHostAddress()
        : "";
  }
}

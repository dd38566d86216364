package dev.serai.gateway.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollSocketChannel;

/** Gives every accepted connection its two handlers. Thread-safe. */
final class EdgePipeline extends ChannelInitializer<Channel> {
  /** Bytes queued for a client: its source is resumed under the first, paused over the second. */
  private static final WriteBufferWaterMark MARKS = new WriteBufferWaterMark(8 * 1024, 32 * 1024);

  /**
   * Bytes that the system keeps unsent for a client. Left to itself it takes megabytes for one that
   * reads nothing, and the source goes on as long.
   */
  private static final long MOST_UNSENT = 64 * 1024;

  private final EdgeServer server;
  private final RouteTable routes;

  EdgePipeline(EdgeServer server, RouteTable routes) {
    this.server = server;
    this.routes = routes;
  }

  @Override
  protected void initChannel(Channel channel) {
    channel.config().setWriteBufferWaterMark(MARKS);
    if (channel instanceof EpollSocketChannel socket) {
      socket.config().setTcpNotSentLowAt(MOST_UNSENT);
    }
    channel
        .pipeline()
        .addLast(
            new RequestDecoder(server.settings()), new EdgeConnection(server, routes, channel));
  }
}

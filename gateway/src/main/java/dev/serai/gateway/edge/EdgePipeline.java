package dev.serai.gateway.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.WriteBufferWaterMark;

/** Gives every accepted connection its two handlers. Thread-safe. */
final class EdgePipeline extends ChannelInitializer<Channel> {
  /** Bytes queued for a client: its source is resumed under the first, paused over the second. */
  private static final WriteBufferWaterMark MARKS = new WriteBufferWaterMark(16 * 1024, 64 * 1024);

  private final EdgeServer server;
  private final Routes routes;

  EdgePipeline(EdgeServer server, Routes routes) {
    this.server = server;
    this.routes = routes;
  }

  @Override
  protected void initChannel(Channel channel) {
    channel.config().setWriteBufferWaterMark(MARKS);
    channel
        .pipeline()
        .addLast(
            new RequestDecoder(server.settings()), new EdgeConnection(server, routes, channel));
  }
}

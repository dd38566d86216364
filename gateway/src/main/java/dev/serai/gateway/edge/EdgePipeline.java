package dev.serai.gateway.edge;

import dev.serai.gateway.edge.http2.PrefaceDetector;
import dev.serai.gateway.edge.request.RequestDecoder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollSocketChannel;

/**
 * Installs the handlers of every accepted connection: two, those of TLS, and one that removes
 * itself when it has seen that the client does not speak HTTP/2. Thread-safe.
 */
final class EdgePipeline extends ChannelInitializer<Channel> {
  /** Bytes queued for a client: the source resumes below the first, pauses above the second. */
  private static final WriteBufferWaterMark WATER_MARKS =
      new WriteBufferWaterMark(8 * 1024, 32 * 1024);

  /**
   * Unsent bytes that the kernel buffers for a client. By default it buffers megabytes for a client
   * that does not read, and back-pressure reaches the source only after that.
   */
  private static final long MAX_UNSENT = 64 * 1024;

  private final EdgeServer server;
  private final RouteTable routes;

  EdgePipeline(EdgeServer server, RouteTable routes) {
    this.server = server;
    this.routes = routes;
  }

  @Override
  protected void initChannel(Channel channel) {
    channel.config().setWriteBufferWaterMark(WATER_MARKS);
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    if (channel instanceof EpollSocketChannel socket) {
      socket.config().setTcpNotSentLowAt(MAX_UNSENT);
    }
    server.instruments().tls().ifPresent(tls -> tls.install(channel));
    if (server.settings().http2() && server.instruments().tls().isEmpty()) {
      channel.pipeline().addLast(new PrefaceDetector());
    }
    channel
        .pipeline()
        .addLast(
            new RequestDecoder(
                server.settings().maxRequestLineBytes(), server.settings().maxHeaderBytes()),
            new EdgeConnection(server, routes, channel, new Http1Transport(server, channel)));
  }
}

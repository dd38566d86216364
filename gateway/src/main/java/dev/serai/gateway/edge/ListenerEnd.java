package dev.serai.gateway.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import java.util.concurrent.TimeUnit;

/**
 * Closes a listening socket without losing connections.
 *
 * <p>When a listening socket closes, the kernel resets the connections that it has accepted and the
 * process has not. Therefore all that wait are accepted in one read, and the socket closes at the
 * end of that read. What is left are connections whose handshake ends in the microseconds between
 * the two system calls. Used on the event loop of the socket only.
 */
final class ListenerEnd extends ChannelInboundHandlerAdapter {
  /** More than the kernel queues. */
  private static final int ALL = 100_000;

  /** If none waits, no read begins: the socket closes after the next look for one. */
  private static final long NONE_WAITS_MILLIS = 10;

  private ListenerEnd() {}

  /** Closes the socket soon. */
  static void of(Channel listener) {
    listener.eventLoop().execute(() -> begin(listener));
  }

  private static void begin(Channel listener) {
    if (listener.config().getRecvByteBufAllocator()
        instanceof MaxMessagesRecvByteBufAllocator read) {
      read.maxMessagesPerRead(ALL);
    }
    listener.pipeline().addFirst(new ListenerEnd());
    listener.eventLoop().schedule(() -> listener.close(), NONE_WAITS_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.fireChannelReadComplete();
    ctx.channel().close();
  }
}

package dev.serai.gateway.wiring;

import dev.serai.processors.support.EventLoops;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.Exchange;
import org.apache.camel.component.netty.NettyConstants;

/**
 * Finds the event loop of the client's connection, which runs everything of its call. Exchanges
 * without a connection share one thread. Thread-safe.
 */
final class ChannelEventLoops implements EventLoops, AutoCloseable {
  private final ScheduledExecutorService own =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("calls-without-connection").factory());

  @Override
  public ScheduledExecutorService of(Exchange exchange) {
    Object context = exchange.getMessage().getHeader(NettyConstants.NETTY_CHANNEL_HANDLER_CONTEXT);
    return context instanceof ChannelHandlerContext channel ? channel.executor() : own;
  }

  @Override
  public Runnable onDisconnect(Exchange exchange, Runnable action) {
    Object context = exchange.getMessage().getHeader(NettyConstants.NETTY_CHANNEL_HANDLER_CONTEXT);
    if (!(context instanceof ChannelHandlerContext channel)) {
      return EventLoops.super.onDisconnect(exchange, action);
    }
    ChannelFuture closed = channel.channel().closeFuture();
    ChannelFutureListener listener = _ -> action.run();
    closed.addListener(listener);
    return () -> closed.removeListener(listener);
  }

  @Override
  public void close() {
    own.shutdownNow();
  }
}

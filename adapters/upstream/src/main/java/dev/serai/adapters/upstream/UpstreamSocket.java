package dev.serai.adapters.upstream;

import dev.serai.adapters.netty.DeferredFlush;
import dev.serai.adapters.netty.websocket.FrameDecoder;
import dev.serai.adapters.netty.websocket.FrameLimits;
import dev.serai.adapters.netty.websocket.FrameWriter;
import dev.serai.adapters.netty.websocket.Violation;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.websocket.Close;
import dev.serai.core.websocket.Frame;
import dev.serai.core.websocket.WebSocket;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A provider's end of a WebSocket connection, on a connection of its own.
 *
 * <p>Nothing is read from the provider until it is opened; what the read of the handshake brought
 * is kept. A connection that is not opened is closed. After our close frame the provider has a
 * second to send its own. Confined to the event loop of the connection.
 */
final class UpstreamSocket extends ChannelInboundHandlerAdapter implements WebSocket {
  private static final FrameWriter WRITER = FrameWriter.ofClient(NetworkResources::newMask);
  private static final long CLOSE_MILLIS = 1000;
  private static final long OPEN_MILLIS = 10_000;

  private enum Phase {
    OPEN,
    /** Our close frame is sent. */
    CLOSING,
    OVER
  }

  private final Channel channel;
  private final ArrayDeque<Object> early = new ArrayDeque<>(2);
  private Phase phase = Phase.OPEN;
  private @Nullable Peer peer;

  private UpstreamSocket(Channel channel) {
    this.channel = channel;
  }

  /**
   * Makes one of a connection whose handshake has succeeded.
   *
   * @param decoder of HTTP, which the caller removes next: its undecoded bytes are frames
   */
  static UpstreamSocket on(Channel channel, ChannelHandler decoder, Upstream upstream) {
    UpstreamSocket socket = new UpstreamSocket(channel);
    String http = channel.pipeline().context(decoder).name();
    channel.config().setAutoRead(false);
    channel.pipeline().addAfter(http, "socket", socket);
    channel
        .pipeline()
        .addAfter(http, "frames", new FrameDecoder(FrameLimits.ofServer(), upstream.ticker()));
    channel.eventLoop().schedule(socket::closeUnopened, OPEN_MILLIS, TimeUnit.MILLISECONDS);
    return socket;
  }

  private void closeUnopened() {
    if (peer == null && phase == Phase.OPEN) {
      close(Close.LOST);
    }
  }

  @Override
  public void open(Peer opened) {
    peer = opened;
    for (Object message = early.poll(); message != null; message = early.poll()) {
      take(message, opened);
    }
    if (!channel.isActive()) {
      lost();
    } else if (phase == Phase.OPEN) {
      opened.onBatchEnd();
      channel.config().setAutoRead(true);
    }
  }

  // ---- from the provider

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (phase == Phase.CLOSING && message instanceof Close) {
      end();
    } else if (phase == Phase.OPEN && peer != null) {
      take(message, peer);
    } else if (phase == Phase.OPEN) {
      early.add(message);
    }
  }

  private void take(Object message, Peer to) {
    switch (message) {
      case Frame frame when phase == Phase.OPEN -> to.onFrame(frame);
      case Close close when phase == Phase.OPEN -> {
        answer(close);
        to.onClose(close);
      }
      case Violation violation when phase == Phase.OPEN -> {
        answer(violation.answer());
        to.onClose(Close.LOST);
      }
      default -> {
        // it has ended
      }
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (peer != null && phase == Phase.OPEN) {
      peer.onBatchEnd();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (peer != null && phase == Phase.OPEN && channel.isWritable()) {
      peer.onWritable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    lost();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }

  private void lost() {
    if (phase == Phase.OPEN && peer != null) {
      phase = Phase.OVER;
      peer.onClose(Close.LOST);
    }
  }

  // ---- to the provider

  @Override
  public void send(Frame frame) {
    if (phase == Phase.OPEN) {
      channel.write(WRITER.write(channel.alloc(), frame), channel.voidPromise());
    }
  }

  @Override
  public void flush() {
    DeferredFlush.of(channel);
  }

  @Override
  public boolean isWritable() {
    return channel.isWritable() || phase != Phase.OPEN;
  }

  @Override
  public void pause() {
    channel.config().setAutoRead(false);
  }

  @Override
  public void resume() {
    channel.config().setAutoRead(true);
  }

  @Override
  public void close(Close why) {
    if (phase == Phase.OPEN) {
      boolean lost = why.code() == Close.ABNORMAL;
      phase = Phase.CLOSING;
      peer = null;
      early.clear();
      write(lost ? new Close(Close.GOING_AWAY, "") : why);
      channel.config().setAutoRead(true);
      channel.eventLoop().schedule(this::end, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void abort(GatewayProblem why) {
    close(Close.LOST);
  }

  /** Sends the close frame that ends the connection. */
  private void answer(Close close) {
    write(close);
    end();
  }

  private void write(Close close) {
    channel.writeAndFlush(WRITER.write(channel.alloc(), close), channel.voidPromise());
  }

  private void end() {
    phase = Phase.OVER;
    channel.close();
  }
}

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
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A provider's end of a WebSocket connection, on a connection of its own.
 *
 * <p>Nothing is read from the provider until it is opened; what the read of the handshake brought
 * is kept. A connection that is not opened is closed. After our close frame the provider has a
 * second to send its own. A provider that sends nothing for the idle time is lost; before that it
 * gets a ping, whose answer is not forwarded. Confined to the event loop of the connection.
 */
final class UpstreamSocket extends ChannelInboundHandlerAdapter implements WebSocket {
  private static final FrameWriter WRITER = FrameWriter.ofClient(NetworkResources::newMask);
  private static final byte[] OWN_PING = "serai".getBytes(StandardCharsets.US_ASCII);
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
  private final SilenceTimer timer;
  private boolean paused;
  private boolean awaitsPong;
  private @Nullable Peer peer;

  private UpstreamSocket(Channel channel, SilenceTimer timer) {
    this.channel = channel;
    this.timer = timer;
  }

  /**
   * Makes one of a connection whose handshake has succeeded.
   *
   * @param decoder of HTTP, which the caller removes next: its undecoded bytes are frames
   * @param timer knows how long the provider may be silent
   */
  static UpstreamSocket on(Channel channel, ChannelHandler decoder, SilenceTimer timer) {
    UpstreamSocket socket = new UpstreamSocket(channel, timer);
    String http = channel.pipeline().context(decoder).name();
    channel.config().setAutoRead(false);
    channel.pipeline().addAfter(http, "socket", socket);
    channel
        .pipeline()
        .addAfter(http, "frames", new FrameDecoder(FrameLimits.ofServer(), timer.ticker()));
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
      timer.heard();
      timer.watch(channel.eventLoop(), this::isWatched, this::ping, this::silent);
    }
  }

  /** Whether it is open; while it is not read, it is not silent. */
  private boolean isWatched() {
    if (paused) {
      timer.heard();
    }
    return phase == Phase.OPEN;
  }

  private void ping() {
    awaitsPong = true;
    send(new Frame(Frame.Kind.PING, true, OWN_PING.clone()));
    channel.flush();
  }

  private void silent() {
    Peer open = peer;
    close(Close.LOST);
    if (open != null) {
      open.onClose(new Close(Close.ABNORMAL, "it sent nothing for too long"));
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
      case Frame frame when isOwnPong(frame) -> awaitsPong = false;
      case Frame frame when phase == Phase.OPEN -> to.onFrame(frame);
      case Close close when phase == Phase.OPEN -> {
        reply(close);
        to.onClose(close);
      }
      case Violation violation when phase == Phase.OPEN -> {
        reply(violation.closeFrame());
        String what = violation.closeFrame().reason();
        to.onClose(new Close(Close.ABNORMAL, "it broke the protocol: " + what));
      }
      default -> {
        // it has ended
      }
    }
  }

  private boolean isOwnPong(Frame frame) {
    return awaitsPong
        && frame.kind() == Frame.Kind.PONG
        && Arrays.equals(frame.payload(), OWN_PING);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    timer.heard();
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
    paused = true;
    channel.config().setAutoRead(false);
  }

  @Override
  public void resume() {
    paused = false;
    timer.heard();
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
  private void reply(Close close) {
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

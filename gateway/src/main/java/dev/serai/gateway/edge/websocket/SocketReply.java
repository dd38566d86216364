package dev.serai.gateway.edge.websocket;

import dev.serai.adapters.netty.DeferredFlush;
import dev.serai.adapters.netty.websocket.FrameDecoder;
import dev.serai.adapters.netty.websocket.FrameLimits;
import dev.serai.adapters.netty.websocket.FrameWriter;
import dev.serai.adapters.netty.websocket.Violation;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.InternalProblem;
import dev.serai.core.websocket.Close;
import dev.serai.core.websocket.Frame;
import dev.serai.core.websocket.WebSocket;
import dev.serai.gateway.edge.reply.OngoingReply;
import dev.serai.gateway.edge.reply.SlowClient;
import dev.serai.gateway.edge.request.ClientConnection;
import dev.serai.gateway.edge.request.RequestDecoder;
import dev.serai.gateway.edge.request.RequestHead;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Relays frames between the client's connection and the other WebSocket.
 *
 * <p>How frames flow: {@link #start} replaces the HTTP decoder by one of frames. What the client
 * sends goes to the other end, which calls {@link #onFrame} with what it sends.
 *
 * <p>How back-pressure works, both ways: while the other end takes no more, the client's socket is
 * not read; while the client reads too slowly, the other end is paused. One that ignores the pause
 * is closed once {@link OngoingReply#MAX_QUEUED} bytes are queued.
 *
 * <p>How it ends: a side that closes or is lost closes the other. After our close frame the client
 * has a second to send its own. Used on the connection's event loop only.
 */
final class SocketReply extends ChannelInboundHandlerAdapter
    implements OngoingReply, WebSocket.Peer {
  private static final Logger LOG = LoggerFactory.getLogger(SocketReply.class);
  private static final byte[] OWN_PING = "serai".getBytes(StandardCharsets.US_ASCII);
  private static final FrameWriter WRITER = FrameWriter.ofServer();
  private static final long CLOSE_MILLIS = 1000;

  private enum Phase {
    OPEN,
    /** Our close frame is sent. */
    CLOSING,
    OVER
  }

  private final WebSockets sockets;
  private final ClientConnection connection;
  private final Channel channel;
  private final RequestHead request;
  private final WebSocket other;
  private final SlowClient client;
  private Phase phase = Phase.OPEN;
  private boolean clientPaused;
  private boolean flowed = true;
  private long heardAt;

  SocketReply(
      WebSockets sockets, ClientConnection connection, RequestHead request, WebSocket other) {
    this.sockets = sockets;
    this.connection = connection;
    this.channel = connection.channel();
    this.request = request;
    this.other = other;
    this.client = new SlowClient(connection);
  }

  /** The reply to the handshake has been written, but not flushed. */
  @Override
  public void start() {
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
    ChannelPipeline pipeline = channel.pipeline();
    String decoder = pipeline.context(RequestDecoder.class).name();
    pipeline.addAfter(decoder, "socket", this);
    pipeline.addAfter(decoder, "frames", new FrameDecoder(limits(), sockets.ticker()));
    channel.flush();
    heardAt = now();
    checkIdle();
    endInTime();
    other.open(this);
    pipeline.remove(decoder);
  }

  private FrameLimits limits() {
    return FrameLimits.ofClient(sockets.limits().maxMessageBytes());
  }

  // ---- from the client

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    switch (message) {
      case Frame frame -> forward(frame);
      case Close close -> closedByClient(close);
      case Violation violation -> broken(violation);
      default -> ctx.fireChannelRead(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    heardAt = now();
    if (phase == Phase.OPEN) {
      other.flush();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException || phase != Phase.OPEN) {
      connection.abort();
      return;
    }
    LOG.error("request {}: its WebSocket connection failed", request.id(), cause);
    stop(new InternalProblem(request.id()));
  }

  private void forward(Frame frame) {
    boolean own = frame.kind() == Frame.Kind.PONG && Arrays.equals(frame.payload(), OWN_PING);
    if (phase != Phase.OPEN || own) {
      return;
    }
    other.send(frame);
    if (phase == Phase.OPEN && !other.isWritable()) {
      clientPaused = true;
      channel.config().setAutoRead(false);
    }
  }

  private void closedByClient(Close close) {
    if (phase == Phase.OPEN) {
      other.close(close);
      channel.write(WRITER.write(channel.alloc(), close), channel.voidPromise());
    }
    finish();
  }

  private void broken(Violation violation) {
    if (phase == Phase.OPEN) {
      other.close(Close.LOST);
      beginClose(violation.closeFrame());
    }
  }

  // ---- from the other end

  @Override
  public void onFrame(Frame frame) {
    if (phase != Phase.OPEN) {
      return;
    }
    flowed = true;
    channel.write(WRITER.write(channel.alloc(), frame), channel.voidPromise());
    if (!channel.isWritable()) {
      channel.flush();
      holdBack();
    }
  }

  @Override
  public void onBatchEnd() {
    if (phase == Phase.OPEN) {
      DeferredFlush.of(channel);
    }
  }

  @Override
  public void onWritable() {
    if (clientPaused) {
      clientPaused = false;
      heardAt = now();
      channel.config().setAutoRead(true);
    }
  }

  @Override
  public void onClose(Close why) {
    if (phase == Phase.OPEN) {
      beginClose(why);
    }
  }

  private void holdBack() {
    switch (client.advice()) {
      case GO_ON, WAIT -> {}
      case PAUSE -> other.pause();
      case END -> {
        other.close(Close.LOST);
        beginClose(new Close(Close.POLICY_VIOLATION, "the client reads too slowly"));
      }
    }
  }

  // ---- events of the connection

  @Override
  public void writabilityChanged() {
    if (phase != Phase.OPEN) {
      return;
    }
    if (client.resumes()) {
      other.resume();
    } else {
      holdBack();
    }
  }

  @Override
  public boolean flowed() {
    boolean before = flowed;
    flowed = false;
    return before;
  }

  @Override
  public void keepAlive() {
    onFrame(new Frame(Frame.Kind.PING, true, OWN_PING));
    channel.flush();
    flowed = false;
  }

  /** The client is disconnected. */
  @Override
  public void cancel() {
    boolean open = phase == Phase.OPEN;
    phase = Phase.OVER;
    client.release();
    if (open) {
      other.close(Close.LOST);
    }
  }

  @Override
  public void stop(GatewayProblem why) {
    if (phase == Phase.OPEN) {
      other.abort(why);
      onClose(new Close(Close.INTERNAL_ERROR, ""));
    }
  }

  private void checkIdle() {
    long idle = sockets.limits().idleTime().toNanos();
    long left = clientPaused ? idle : heardAt + idle - now();
    if (phase != Phase.OPEN) {
      return;
    }
    if (left > 0) {
      channel.eventLoop().schedule(this::checkIdle, left, TimeUnit.NANOSECONDS);
      return;
    }
    other.close(Close.LOST);
    beginClose(new Close(Close.GOING_AWAY, "the client was silent for too long"));
  }

  private void endInTime() {
    long most = sockets.limits().maxTime().toNanos();
    if (most > 0) {
      channel.eventLoop().schedule(this::tooLong, most, TimeUnit.NANOSECONDS);
    }
  }

  private void tooLong() {
    if (phase == Phase.OPEN) {
      Close end = new Close(Close.GOING_AWAY, "the connection has reached server.max_session_time");
      other.close(end);
      beginClose(end);
    }
  }

  // ---- closing

  /** Sends a close frame, and waits for that of the client. */
  private void beginClose(Close why) {
    phase = Phase.CLOSING;
    client.release();
    channel.writeAndFlush(WRITER.write(channel.alloc(), why), channel.voidPromise());
    channel.config().setAutoRead(true);
    channel.eventLoop().schedule(this::finish, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void finish() {
    if (phase != Phase.OVER) {
      phase = Phase.OVER;
      client.release();
      connection.streamEnded(false);
    }
  }

  private long now() {
    return sockets.ticker().nanos();
  }
}

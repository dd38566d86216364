package dev.serai.adapters.upstream;

import dev.serai.core.limit.Hold;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;

/**
 * An HTTP/2 connection (RFC 9113) that carries as many requests at a time as the provider allows.
 *
 * <p>Each request is an {@link Http2Stream}. The connection counts its streams, and tells its
 * {@link LoopPool} whenever there is room for another. It is ready once the provider's SETTINGS
 * have arrived, and retired (it takes no more requests and closes after the last one) after a
 * GOAWAY, when it has been idle, or when a request on it was aborted and nothing had arrived since
 * it was sent.
 *
 * <p>The flow-control window of a stream is small, so that a slow reader holds little memory; that
 * of the connection is large, so that a slow reader does not stop the other streams.
 *
 * <p>Confined to its event loop.
 */
final class Http2Connection extends ChannelInboundHandlerAdapter {
  private static final int MAX_HEADERS = 32 * 1024;
  private static final int STREAM_WINDOW = 64 * 1024 - 1;
  private static final int CONNECTION_WINDOW = 16 * 1024 * 1024;
  private static final int MAX_STREAMS = 250;

  private final LoopPool pool;
  private final Channel channel;
  private final Hold permit;
  private final Consumer<Http2Connection> whenReady;
  private boolean ready;
  private boolean retired;
  private int maxStreams;
  private int streams;
  private int opened;
  private long reads;
  private long idleSince;

  private Http2Connection(
      LoopPool pool, Channel channel, Hold permit, Consumer<Http2Connection> whenReady) {
    this.pool = pool;
    this.channel = channel;
    this.permit = permit;
    this.whenReady = whenReady;
  }

  /**
   * Makes a connection from a channel, after its TLS handshake.
   *
   * @param permit released when the connection closes
   * @param whenReady called when the provider's settings have arrived
   */
  static void on(Channel channel, LoopPool pool, Hold permit, Consumer<Http2Connection> whenReady) {
    Http2Connection connection = new Http2Connection(pool, channel, permit, whenReady);
    channel
        .pipeline()
        .addLast(
            connection.readCounter(),
            Http2FrameCodecBuilder.forClient().initialSettings(clientSettings()).build(),
            new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()),
            connection);
    channel.write(new DefaultHttp2WindowUpdateFrame(CONNECTION_WINDOW));
    channel.flush();
  }

  private static Http2Settings clientSettings() {
    return new Http2Settings()
        .pushEnabled(false)
        .initialWindowSize(STREAM_WINDOW)
        .maxHeaderListSize(MAX_HEADERS);
  }

  boolean hasRoom() {
    return ready && !retired && streams < maxStreams && channel.isActive();
  }

  /** Sends a request. The connection must have room. */
  void send(UpstreamCall call) {
    boolean reused = opened > 0;
    opened++;
    streams++;
    Http2Stream stream = new Http2Stream(this, call, reused);
    call.onSent(stream);
    new Http2StreamChannelBootstrap(channel)
        .handler(stream)
        .open()
        .addListener(opening -> settled(stream, opening.isSuccess()));
    pool.recount();
  }

  private void settled(Http2Stream stream, boolean open) {
    if (!open) {
      stream.notOpened();
      streamClosed();
    }
  }

  LoopPool pool() {
    return pool;
  }

  /** The number of reads of the socket so far: unchanged means that nothing arrived. */
  long reads() {
    return reads;
  }

  boolean inUse() {
    return streams > 0;
  }

  /** Nanoseconds since the last request ended; negative while there is a request. */
  long idleFor(long now) {
    return streams > 0 ? -1 : now - idleSince;
  }

  /** Takes no more requests, and closes when the last request has ended. */
  void retire() {
    retired = true;
    pool.retired(this);
    if (streams == 0) {
      channel.close();
    }
  }

  void streamClosed() {
    streams--;
    idleSince = pool.now();
    if (retired && streams == 0) {
      channel.close();
    }
    pool.roomOn(this);
    pool.recount();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof Http2SettingsFrame frame) {
        settings(frame.settings());
      } else if (message instanceof Http2GoAwayFrame) {
        retire();
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    retired = true;
    pool.retired(this);
    super.channelInactive(ctx);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }

  private void settings(Http2Settings settings) {
    Long max = settings.maxConcurrentStreams();
    if (max != null) {
      maxStreams = (int) Math.min(max, MAX_STREAMS);
    } else if (!ready) {
      maxStreams = MAX_STREAMS;
    }
    if (!ready) {
      ready = true;
      idleSince = pool.now();
      channel.closeFuture().addListener(f -> permit.release());
      whenReady.accept(this);
    }
  }

  private ChannelInboundHandlerAdapter readCounter() {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext ctx, Object message) {
        reads++;
        ctx.fireChannelRead(message);
      }
    };
  }
}

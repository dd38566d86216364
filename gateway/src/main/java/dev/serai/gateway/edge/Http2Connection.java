package dev.serai.gateway.edge;

import dev.serai.gateway.edge.http2.Http2Codec;
import dev.serai.gateway.edge.http2.StreamCodec;
import dev.serai.gateway.edge.request.RequestDecoder;
import dev.serai.gateway.edge.request.RequestHead;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection of HTTP/2. Each of its streams is a channel with an {@link EdgeConnection}
 * that serves one request, on the same event loop. What is queued for a slow client, and what a
 * paused body does not read, is limited by the flow control of the stream.
 *
 * <p>It ends with two GOAWAY frames (RFC 9113, section 6.8): the first one says that no more
 * streams should come, the second one, a moment later, which ones are served. It closes when those
 * have ended. So it does when the server drains, and when it had no stream for the idle time. Used
 * on the connection's event loop only.
 */
final class Http2Connection extends ChannelInboundHandlerAdapter
    implements OpenConnection, Runnable {
  /** Bytes queued for a stream: the source resumes below the first, pauses above the second. */
  static final int LOW = 8 * 1024;

  static final int HIGH = 32 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(Http2Connection.class);
  private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(LOW, HIGH);

  /** Time for requests that are on their way, as {@link EdgeConnection#drain} gives it. */
  private static final long SETTLE_MILLIS = 100;

  private final EdgeServer server;
  private final RouteTable routes;
  private final Channel channel;
  private final Set<EdgeConnection> streams = new LinkedHashSet<>();
  private final StallCheck stall;
  private final long idleNanos;
  private final long period;
  private long idleSince;
  private boolean leaving;
  private boolean left;
  private @Nullable Future<?> timer;

  private Http2Connection(EdgeServer server, RouteTable routes, Channel channel) {
    this.server = server;
    this.routes = routes;
    this.channel = channel;
    this.idleNanos = server.settings().idleTime().toNanos();
    long stallNanos = server.settings().stallTime().toNanos();
    this.stall = new StallCheck(stallNanos);
    this.period = Math.min(idleNanos, StallCheck.interval(stallNanos));
  }

  /** Replaces a connection of HTTP/1.1 on which nothing has been sent yet. */
  static void takeOver(EdgeConnection http1, RouteTable routes) {
    Http2Connection made = new Http2Connection(http1.server(), routes, http1.channel());
    made.install(http1);
    http1.server().replaced(http1, made);
  }

  private void install(EdgeConnection http1) {
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
    Http2Codec codec =
        Http2Codec.of(
            server.settings().maxStreams(),
            server.settings().maxRequestLineBytes() + server.settings().maxHeaderBytes(),
            () -> server.render(RequestHead.unreadable(""), RequestHead.tooLarge()));
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.remove(RequestDecoder.class);
    pipeline.remove(http1);
    pipeline.addLast(codec, new Http2MultiplexHandler(new Streams()), this);
    channel.writeAndFlush(
        new DefaultHttp2WindowUpdateFrame(codec.missingWindow()), channel.voidPromise());
    idleSince = server.ticker().nanos();
    schedule();
  }

  /** Gives a new stream its handlers. */
  private final class Streams extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel stream) {
      stream.config().setWriteBufferWaterMark(WATER_MARKS);
      StreamCodec codec =
          new StreamCodec(
              server.settings().maxRequestLineBytes(), server.settings().maxHeaderBytes());
      Transport transport = new Http2Transport(Http2Connection.this, stream, codec);
      stream.pipeline().addLast(codec, new EdgeConnection(server, routes, stream, transport));
    }
  }

  EdgeServer server() {
    return server;
  }

  @Override
  public Channel channel() {
    return channel;
  }

  // ---- streams

  void opened(EdgeConnection stream) {
    streams.add(stream);
  }

  void closed(EdgeConnection stream) {
    streams.remove(stream);
    idleSince = server.ticker().nanos();
    if (left) {
      closeIfEmpty();
    } else if (server.isDraining()) {
      drain();
    }
  }

  // ---- events of the channel

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message); // frames of the connection; the codec has acted on them
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (timer != null) {
      timer.cancel(false);
    }
    server.closed(this);
  }

  /** The codec closes a connection that breaks the protocol. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("an HTTP/2 connection failed and is closed", cause);
    if (Http2Codec.isOfPeer(cause)) {
      return;
    }
    abort();
  }

  @Override
  public void run() {
    if (!channel.isActive()) {
      return;
    }
    long now = server.ticker().nanos();
    if (stall.isStalled(now, channel)) {
      abort();
      return;
    }
    if (streams.isEmpty() && now - idleSince >= idleNanos) {
      drain();
    }
    schedule();
  }

  private void schedule() {
    timer = channel.eventLoop().schedule(this, period, TimeUnit.NANOSECONDS);
  }

  // ---- closing

  @Override
  public void drain() {
    if (!leaving) {
      leaving = true;
      goAway(Integer.MAX_VALUE / 2);
      channel.eventLoop().schedule(this::leave, SETTLE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void leave() {
    left = true;
    goAway(0);
    closeIfEmpty();
  }

  private void goAway(int moreStreams) {
    DefaultHttp2GoAwayFrame frame = new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR);
    channel.writeAndFlush(frame.setExtraStreamIds(moreStreams), channel.voidPromise());
  }

  private void closeIfEmpty() {
    if (streams.isEmpty()) {
      Closing.afterLingering(channel);
    }
  }

  @Override
  public void cutOff() {
    List.copyOf(streams).forEach(EdgeConnection::cutOff);
  }

  @Override
  public void abort() {
    channel.close();
  }
}

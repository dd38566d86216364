package dev.serai.adapters.upstream;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A provider that speaks HTTP/2 over TLS; the test decides when each stream responds, and what. */
final class Http2Server implements AutoCloseable {
  private final NioEventLoopGroup loops = new NioEventLoopGroup(1);
  private final Channel listening;
  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger resets = new AtomicInteger();
  final AtomicLong written = new AtomicLong();
  final List<Http2Headers> heads = new CopyOnWriteArrayList<>();
  final List<ChannelHandlerContext> streams = new CopyOnWriteArrayList<>();
  final List<Channel> parents = new CopyOnWriteArrayList<>();
  final AtomicLong received = new AtomicLong();
  volatile boolean respondAtOnce = true;
  volatile boolean respondWithHeads;
  volatile boolean closeOnHead;

  Http2Server(Certificates certificates, long maxStreams) throws Exception {
    SslContext tls =
        SslContextBuilder.forServer(certificates.identity())
            .applicationProtocolConfig(
                new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                    "h2"))
            .build();
    listening =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    connections.incrementAndGet();
                    parents.add(channel);
                    channel
                        .pipeline()
                        .addLast(
                            tls.newHandler(channel.alloc()),
                            Http2FrameCodecBuilder.forServer()
                                .initialSettings(
                                    new Http2Settings().maxConcurrentStreams(maxStreams))
                                .build(),
                            new Http2MultiplexHandler(new Stream()));
                  }
                })
            .bind(new InetSocketAddress("127.0.0.1", 0))
            .sync()
            .channel();
  }

  int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  static void respond(ChannelHandlerContext stream, String body) {
    head(stream);
    data(stream, body, true);
  }

  static void head(ChannelHandlerContext stream) {
    stream.writeAndFlush(
        new DefaultHttp2HeadersFrame(
            new DefaultHttp2Headers().status("200").add("content-type", "text/event-stream")));
  }

  static void data(ChannelHandlerContext stream, String body, boolean last) {
    stream.writeAndFlush(
        new DefaultHttp2DataFrame(Unpooled.copiedBuffer(body, StandardCharsets.UTF_8), last));
  }

  static void refuse(ChannelHandlerContext stream) {
    stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM));
  }

  static void goAway(Channel parent) {
    parent.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
  }

  /** Writes as much as flow control allows. */
  void flood(ChannelHandlerContext stream, String piece, long size) {
    stream
        .writeAndFlush(
            new DefaultHttp2DataFrame(
                Unpooled.copiedBuffer(piece, StandardCharsets.UTF_8),
                written.get() + piece.length() >= size))
        .addListener(
            f -> {
              if (f.isSuccess() && written.addAndGet(piece.length()) < size) {
                flood(stream, piece, size);
              }
            });
  }

  @Sharable
  private final class Stream extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      boolean last = message instanceof Http2DataFrame data && data.isEndStream();
      if (message instanceof Http2DataFrame data) {
        received.addAndGet(data.content().readableBytes());
      }
      if (message instanceof Http2HeadersFrame frame) {
        heads.add(frame.headers());
        last = frame.isEndStream() || respondWithHeads;
        if (closeOnHead) {
          ctx.channel().parent().close();
        }
      }
      ReferenceCountUtil.release(message);
      if (last) {
        streams.add(ctx);
        if (respondAtOnce) {
          respond(ctx, "{}");
        }
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof Http2ResetFrame) {
        resets.incrementAndGet();
      }
      ReferenceCountUtil.release(event);
    }
  }

  @Override
  public void close() {
    listening.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}

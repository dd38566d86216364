package dev.serai.gateway.edge;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Netty's client of HTTP/2, on one plain connection that begins with the preface. */
final class Http2Client implements AutoCloseable {
  private static final int PATIENCE = 60;

  /** Of the connection, so that a stream that is not read does not stop the others. */
  private static final int WINDOW = 1024 * 1024;

  private final NioEventLoopGroup loop = new NioEventLoopGroup(1);
  private final Channel channel;

  /** The error of the GOAWAY frame that has arrived. */
  final CompletableFuture<Http2Error> goneAway = new CompletableFuture<>();

  Http2Client(int port) throws InterruptedException {
    channel =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel made) {
                    made.pipeline()
                        .addLast(
                            Http2FrameCodecBuilder.forClient()
                                .initialSettings(new Http2Settings().pushEnabled(false))
                                .encoderIgnoreMaxHeaderListSize(true)
                                .validateHeaders(false)
                                .decoupleCloseAndGoAway(true)
                                .build(),
                            new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()),
                            new Frames());
                  }
                })
            .connect("127.0.0.1", port)
            .sync()
            .channel();
    channel.writeAndFlush(new DefaultHttp2WindowUpdateFrame(WINDOW)).sync();
  }

  /** Reads the frames of the connection. */
  private final class Frames extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof Http2GoAwayFrame frame) {
        goneAway.complete(Http2Error.valueOf(frame.errorCode()));
      }
      ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      goneAway.completeExceptionally(cause);
    }
  }

  static Http2Headers head(String method, String path, String... fields) {
    Http2Headers head =
        new DefaultHttp2Headers(false)
            .method(method)
            .scheme("http")
            .authority("127.0.0.1")
            .path(path);
    for (String field : fields) {
      String name = field.substring(0, field.indexOf(':', 1));
      head.add(name, field.substring(name.length() + 1).strip());
    }
    return head;
  }

  Call get(String path, String... fields) throws InterruptedException {
    return new Call(true).begin(head("GET", path, fields), true);
  }

  Call post(String path, String body) throws InterruptedException {
    return new Call(true).begin(head("POST", path), false).data(body, true);
  }

  /** Begins a request whose body follows. */
  Call begin(Http2Headers head) throws InterruptedException {
    return new Call(true).begin(head, false);
  }

  Call send(Http2Headers head) throws InterruptedException {
    return new Call(true).begin(head, true);
  }

  /** A request to whose reply the client does not listen. */
  Call deaf(String path) throws InterruptedException {
    return new Call(false).begin(head("GET", path), true);
  }

  boolean isClosed() {
    return !channel.isActive();
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  static <T> T await(CompletableFuture<T> future) {
    return future.orTimeout(PATIENCE, TimeUnit.SECONDS).join();
  }

  /** One request, and what arrives for it. */
  final class Call extends ChannelInboundHandlerAdapter {
    final CompletableFuture<Http2Headers> asked = new CompletableFuture<>();
    private final CompletableFuture<Http2Headers> head = new CompletableFuture<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private final CompletableFuture<Http2Error> reset = new CompletableFuture<>();
    private final StringBuilder body = new StringBuilder();
    private final boolean reads;
    private volatile Http2StreamChannel stream;

    Call(boolean reads) {
      this.reads = reads;
    }

    Call begin(Http2Headers fields, boolean last) throws InterruptedException {
      stream =
          new Http2StreamChannelBootstrap(channel)
              .option(ChannelOption.AUTO_READ, reads)
              .handler(this)
              .open()
              .sync()
              .getNow();
      stream.writeAndFlush(new DefaultHttp2HeadersFrame(fields, last));
      return this;
    }

    Call data(String text, boolean last) {
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      stream.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(bytes), last));
      return this;
    }

    void trailers() {
      stream.writeAndFlush(
          new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().add("x-end", "1"), true));
    }

    void cancel() {
      stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
    }

    /** Reads from now on. */
    void listen() {
      stream.config().setAutoRead(true);
    }

    int status() {
      return Integer.parseInt(await(head).status().toString());
    }

    String field(String name) {
      CharSequence value = await(head).get(name.toLowerCase(Locale.ROOT));
      return value == null ? "" : value.toString();
    }

    Http2Headers fields() {
      return await(head);
    }

    /** The whole body, once the stream has ended well. */
    String body() {
      return await(end);
    }

    /** What has arrived of the body. */
    String sofar() {
      synchronized (body) {
        return body.toString();
      }
    }

    private void add(String text) {
      synchronized (body) {
        body.append(text);
      }
    }

    boolean isComplete() {
      return end.isDone() && !end.isCompletedExceptionally();
    }

    /** The status, or the error of a stream that was reset without a reply. */
    String refusal() {
      CompletableFuture<String> first = new CompletableFuture<>();
      head.thenAccept(fields -> first.complete(fields.status().toString()));
      reset.thenAccept(error -> first.complete(error.name()));
      return await(first);
    }

    /** Why the server has reset the stream. */
    Http2Error error() {
      return await(reset);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      boolean last = false;
      if (message instanceof Http2HeadersFrame frame) {
        (frame.headers().status().toString().equals("100") ? asked : head)
            .complete(frame.headers());
        last = frame.isEndStream();
      } else if (message instanceof Http2DataFrame frame) {
        add(frame.content().toString(StandardCharsets.ISO_8859_1));
        last = frame.isEndStream();
      }
      ReferenceCountUtil.release(message);
      if (last) {
        end.complete(sofar());
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof Http2ResetFrame frame) {
        reset.complete(Http2Error.valueOf(frame.errorCode()));
      }
      ReferenceCountUtil.release(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      CompletionException ended = new CompletionException("the stream has ended", null);
      head.completeExceptionally(ended);
      end.completeExceptionally(ended);
      reset.completeExceptionally(ended);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      head.completeExceptionally(cause);
    }
  }
}

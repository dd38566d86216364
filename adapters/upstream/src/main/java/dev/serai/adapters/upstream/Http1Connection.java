package dev.serai.adapters.upstream;

import dev.serai.adapters.netty.DeferredFlush;
import dev.serai.core.http.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 connection that carries one request at a time and is reused (RFC 9112).
 *
 * <p>It is unused (in its {@link LoopPool}) or carries a call. When the last byte of a reply is
 * here and both sides allow it, the connection goes back to the pool before the call ends, so that
 * the next call finds it. In every other case it closes: after a byte that no request asked for, a
 * malformed head, a reply framed both by length and by chunks, or a reply that began before the
 * request was written completely.
 *
 * <p>If a reused connection closes before any byte of the reply, the provider most likely closed it
 * while the request was on its way, so the call is sent once more on a new connection.
 *
 * <p>Confined to its event loop.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter implements Transport {
  private static final int MAX_STATUS_LINE = 1024;
  private static final int MAX_HEADERS = 32 * 1024;
  private static final int MAX_PIECE = 64 * 1024;

  private final LoopPool pool;
  private final Channel channel;
  private @Nullable UpstreamCall call;
  private boolean used;
  private boolean reused;
  private boolean heard;
  private boolean interim;
  private boolean keepAlive;
  private boolean hasPermit = true;
  private long idleSince;

  private Http1Connection(LoopPool pool, Channel channel) {
    this.pool = pool;
    this.channel = channel;
  }

  /** Makes a connection from an open channel, after its TLS handshake if it has one. */
  static Http1Connection on(Channel channel, LoopPool pool) {
    Http1Connection connection = new Http1Connection(pool, channel);
    channel.pipeline().addLast(connection.decoder(), connection);
    channel.closeFuture().addListener(f -> pool.closed(connection, connection.hasPermit));
    return connection;
  }

  /** Sends a request. The connection must be unused. */
  void send(UpstreamCall next) {
    ByteBuf bytes = pool.upstream().requestEncoder().http1(next.request(), channel.alloc());
    call = next;
    reused = used;
    used = true;
    heard = false;
    interim = false;
    next.onSent(this);
    channel.write(bytes, channel.voidPromise());
    if (next.request().streaming()) {
      channel.flush(); // a client waits for the first token
    } else {
      DeferredFlush.of(channel);
    }
  }

  boolean usable() {
    return channel.isActive();
  }

  void unusedSince(long now) {
    idleSince = now;
  }

  long idleFor(long now) {
    return now - idleSince;
  }

  void close() {
    channel.close();
  }

  /** Closes the connection, whose permit another call has taken over. */
  void closeWithoutPermit() {
    hasPermit = false;
    channel.close();
  }

  @Override
  public void setReading(boolean on) {
    channel.config().setAutoRead(on);
  }

  @Override
  public void abort() {
    call = null;
    channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (call == null) {
        ctx.close();
        return;
      }
      if (message instanceof HttpResponse head) {
        head(call, head);
      }
      if (call != null && message instanceof HttpContent content) {
        body(call, content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (call != null) {
      call.onBatchEnd();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    broke();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof DecoderException) {
      malformed();
    } else {
      broke();
      ctx.close();
    }
  }

  private void head(UpstreamCall current, HttpResponse head) {
    int status = head.status().code();
    if (head.decoderResult().isFailure() || status == 101 || status < 100) {
      malformed();
      return;
    }
    interim = status < 200;
    if (!interim) {
      keepAlive = HttpUtil.isKeepAlive(head);
      current.onHead(status, new Fields(head.headers()), HttpUtil.getContentLength(head, -1L));
    }
  }

  private void body(UpstreamCall current, HttpContent content) {
    if (content.decoderResult().isFailure()) {
      malformed();
      return;
    }
    if (content.content().isReadable()) {
      current.onBody(content.content());
    }
    if (call != null && content instanceof LastHttpContent) {
      if (interim) {
        interim = false;
      } else {
        complete(current);
      }
    }
  }

  /** Returns the connection to the pool before the call ends, so that the next call finds it. */
  private void complete(UpstreamCall done) {
    call = null;
    done.onBatchEnd();
    ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
    if (keepAlive && channel.isActive() && unsent != null && unsent.isEmpty()) {
      if (!channel.config().isAutoRead()) {
        channel.config().setAutoRead(true);
      }
      pool.returned(this);
    } else {
      channel.close();
    }
    done.onEnd();
  }

  private void malformed() {
    UpstreamCall current = call;
    call = null;
    channel.close();
    if (current != null) {
      current.fail(UpstreamProblems.malformed(pool.upstream().name()));
    }
  }

  private void broke() {
    UpstreamCall current = call;
    call = null;
    if (current == null) {
      return;
    }
    if (heard) {
      current.fail(UpstreamProblems.incomplete(pool.upstream().name()));
    } else if (reused && current.mayRetry()) {
      channel.close();
      pool.retry(current);
    } else {
      current.fail(UpstreamProblems.unreachable(pool.upstream().name()));
    }
  }

  private HttpResponseDecoder decoder() {
    HttpDecoderConfig config =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_STATUS_LINE)
            .setMaxHeaderSize(MAX_HEADERS)
            .setMaxChunkSize(MAX_PIECE)
            .setUseRfc9112TransferEncoding(true);
    return new HttpResponseDecoder(config) {
      @Override
      public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        heard = true;
        super.channelRead(ctx, message);
      }
    };
  }

  /** A view of received header fields. */
  private record Fields(HttpHeaders received) implements Headers {
    @Override
    public Optional<String> first(String name) {
      return Optional.ofNullable(received.get(name));
    }

    @Override
    public void forEach(BiConsumer<String, String> visitor) {
      received.iteratorAsString().forEachRemaining(e -> visitor.accept(e.getKey(), e.getValue()));
    }
  }
}

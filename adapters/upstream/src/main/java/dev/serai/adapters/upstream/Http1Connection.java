package dev.serai.adapters.upstream;

import dev.serai.adapters.netty.DeferredFlush;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.limit.Hold;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 connection that carries one request at a time and is reused (RFC 9112).
 *
 * <p>It is unused (in its {@link LoopPool}), carries a call, or rests. It rests from the last byte
 * of a reply until the read of the socket that brought this byte is over, and for a millisecond
 * more if a call waits for a connection. If no further byte arrives, it serves the next call.
 *
 * <p>HTTP/1.1 assigns a reply to a request only by its position, so a byte that no request asked
 * for must never reach a call. The connection closes, and the byte is discarded, if its decoder
 * still holds bytes after a reply (a body longer than its Content-Length, a second reply, a 204 or
 * 304 with a body), if bytes arrive while it rests or is unused, or before the request was flushed.
 * It also closes after a malformed head, a reply framed both by length and by chunks, and a reply
 * that began before the request was written completely.
 *
 * <p>If a reused connection closes, or turns out to be unusable, before a byte of the request was
 * flushed, the call takes another connection: nothing was sent. Otherwise the call fails and the
 * retry rules decide. They send the request again if the provider cannot have received all of it,
 * or closed the connection as an idle one (RFC 9112, section 9.3.1; {@link ConnectionEnd}).
 *
 * <p>Confined to its event loop.
 */
final class Http1Connection extends ChannelDuplexHandler implements Transport {
  /** A request of at most this length is written at once, as a rule. */
  private static final int MAX_AT_ONCE = 64 * 1024;

  private final LoopPool pool;
  private final Channel channel;
  private final ReplyDecoder decoder = new ReplyDecoder(this);
  private final ChannelFutureListener onWritten = this::onWritten;
  private Hold permit;
  private @Nullable UpstreamCall call;
  private boolean used;
  private boolean reused;
  private boolean flushed;
  private boolean written;
  private ConnectionEnd end = ConnectionEnd.NONE;
  private boolean interim;
  private boolean keepAlive;
  private boolean resting;
  private @Nullable SocketUpgrade upgrade;
  private long idleSince;

  private Http1Connection(LoopPool pool, Channel channel, Hold permit) {
    this.pool = pool;
    this.channel = channel;
    this.permit = permit;
  }

  /**
   * Makes a connection from an open channel, after its TLS handshake if it has one.
   *
   * @param permit released when the connection closes
   */
  static Http1Connection on(Channel channel, LoopPool pool, Hold permit) {
    Http1Connection connection = new Http1Connection(pool, channel, permit);
    channel.pipeline().addLast(connection.decoder, connection);
    channel.closeFuture().addListener(f -> connection.closed());
    return connection;
  }

  private void closed() {
    pool.closed(this);
    permit.release();
  }

  /** Sends a request. The connection must be unused. */
  void send(UpstreamCall next) {
    ByteBuf bytes = encode(next.request());
    call = next;
    reused = used;
    used = true;
    flushed = false;
    written = false;
    end = ConnectionEnd.NONE;
    decoder.expectReply();
    interim = false;
    next.onSent(this);
    if (bytes.readableBytes() > MAX_AT_ONCE || next.request().upload().isPresent()) {
      channel.config().setAutoClose(false);
    }
    channel.write(bytes).addListener(onWritten);
    if (next.request().streaming()) {
      channel.flush(); // a client waits for the first token
    } else {
      DeferredFlush.of(channel);
    }
    if (next.request().upload().isPresent()) {
      upload(next);
    }
  }

  /**
   * The operating system has all of the request, or the connection broke before. A provider may
   * respond to a part of a large request and close: what has arrived is read then, before the end.
   */
  private void onWritten(ChannelFuture write) {
    written = write.isSuccess();
    if (channel.config().isAutoClose()) {
      if (!written) {
        broke();
        channel.close();
      }
    } else if (written && call != null && call.request().upload().isEmpty()) {
      channel.config().setAutoClose(true);
    }
  }

  /** Sends a body that is read from the client. */
  private void upload(UpstreamCall next) {
    channel.flush();
    if (call == next) { // or it has failed meanwhile
      boolean chunked = RequestEncoder.isChunked(next.request());
      next.startUpload(channel, chunked ? ChunkFraming.CHUNKED : ChunkFraming.PLAIN);
    }
  }

  private ByteBuf encode(ProviderRequest request) {
    if (!request.webSocket()) {
      upgrade = null;
      return pool.upstream().requestEncoder().http1(request, channel.alloc());
    }
    SocketUpgrade begun = new SocketUpgrade(pool.upstream());
    upgrade = begun;
    return begun.encode(request, channel);
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

  /** Closes the connection and returns its permit, for another connection. */
  Hold closeForPermit() {
    Hold freed = permit;
    permit = Hold.NONE;
    channel.close();
    return freed;
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
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (call != null) {
      call.onWritable();
    }
  }

  @Override
  public void flush(ChannelHandlerContext ctx) {
    flushed = true;
    ctx.flush();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (call != null && message instanceof HttpResponse head) {
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
      if (written && !decoder.hasHeard()) {
        end = ConnectionEnd.of(channel); // Netty closes the socket after this
      }
      call.onBatchEnd();
    } else if (resting) {
      resting = false;
      if (channel.isActive()) {
        pool.returned(this);
      }
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
    if (status == 101 && upgrade != null && upgrade.accepts(head)) {
      return;
    }
    if (head.decoderResult().isFailure() || status == 101 || status < 100) {
      malformed();
      return;
    }
    interim = status < 200;
    if (!interim) {
      keepAlive = HttpUtil.isKeepAlive(head) && !current.request().webSocket();
      current.onHead(
          status, new Http1Headers(head.headers()), HttpUtil.getContentLength(head, -1L));
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
      if (upgrade != null && upgrade.isAccepted()) {
        call = null;
        upgrade.complete(current, channel, decoder, this);
      } else if (interim) {
        interim = false;
      } else {
        complete(current);
      }
    }
  }

  private void complete(UpstreamCall done) {
    call = null;
    done.onBatchEnd();
    if (isReusable() && !done.isUploading()) {
      resting = true;
      channel.config().setAutoClose(true);
      if (!channel.config().isAutoRead()) {
        channel.config().setAutoRead(true);
      }
    } else {
      channel.close();
    }
    done.onEnd();
  }

  private boolean isReusable() {
    if (!decoder.isEmpty()) {
      pool.upstream().reportUnaskedBytes();
      return false;
    }
    ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
    return keepAlive && channel.isActive() && unsent != null && unsent.isEmpty();
  }

  /** Whether bytes that arrive are the reply to a request. */
  boolean awaitsReply() {
    return call != null && flushed;
  }

  /** Whether the request is a HEAD request. */
  boolean carriesHead() {
    return call != null && call.request().method().equals("HEAD");
  }

  /** Bytes arrived that are not the reply to a request of this connection. */
  void onUnaskedBytes() {
    UpstreamCall unsent = call;
    if (unsent != null && !reused) {
      malformed();
      return;
    }
    call = null;
    resting = false;
    channel.close();
    pool.upstream().reportUnaskedBytes();
    if (unsent != null) {
      pool.sendElsewhere(unsent);
    }
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
    String provider = pool.upstream().name();
    if (decoder.hasHeard()) {
      current.fail(UpstreamProblems.incomplete(provider));
    } else if (!flushed && reused) {
      channel.close();
      pool.sendElsewhere(current);
    } else if (!written || current.isUploading()) {
      String before = flushed ? "closed before all of the request" : "closed before the request";
      current.fail(UpstreamProblems.notReceived(provider, before + " was sent"));
    } else {
      long since = current.clock().nanosSinceSent();
      current.fail(
          reused && end.ofIdle(since)
              ? UpstreamProblems.idleClose(provider, since)
              : UpstreamProblems.noResponse(provider, reused, since));
    }
  }
}

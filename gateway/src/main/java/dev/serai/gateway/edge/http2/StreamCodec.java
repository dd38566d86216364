package dev.serai.gateway.edge.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the frames of one stream the messages of a request, and bytes of a reply frames. Bytes are
 * written in frames of at most {@link #MAX_FRAME}, so that what is left to send decreases while a
 * slow client reads. Used on the connection's event loop only.
 */
public final class StreamCodec extends ChannelDuplexHandler {
  /** Bytes of a frame; every client accepts so many (RFC 9113, section 4.2). */
  public static final int MAX_FRAME = 16 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(StreamCodec.class);

  private final int maxLine;
  private final int maxFields;
  private @Nullable ChannelHandlerContext context;
  private boolean begun;
  private boolean requestEnded;

  /**
   * @param maxLine bytes of a request's method and path together
   * @param maxFields bytes of a request's header fields together
   */
  public StreamCodec(int maxLine, int maxFields) {
    this.maxLine = maxLine;
    this.maxFields = maxFields;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  private ChannelHandlerContext context() {
    return Objects.requireNonNull(context);
  }

  // ---- the request

  /** Whether the client has sent all of the request. */
  public boolean requestEnded() {
    return requestEnded;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    switch (message) {
      case Http2HeadersFrame head -> readHead(ctx, head);
      case Http2DataFrame data -> readData(ctx, data);
      default -> ReferenceCountUtil.release(message); // of a kind that means nothing here
    }
  }

  private void readHead(ChannelHandlerContext ctx, Http2HeadersFrame head) {
    requestEnded |= head.isEndStream();
    if (!begun) { // what comes after the body are trailers, which are ignored
      begun = true;
      ctx.fireChannelRead(StreamRequest.of(head.headers(), maxLine, maxFields, requestEnded));
    }
    readEnd(ctx);
  }

  private void readData(ChannelHandlerContext ctx, Http2DataFrame data) {
    requestEnded |= data.isEndStream();
    ctx.fireChannelRead(new DefaultHttpContent(data.content()));
    readEnd(ctx);
  }

  private void readEnd(ChannelHandlerContext ctx) {
    if (requestEnded) {
      ctx.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    }
  }

  /** The codec of the connection resets a stream that breaks the protocol. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof Http2Exception) {
      LOG.debug("an HTTP/2 stream broke the protocol or was reset", cause);
    } else {
      ctx.fireExceptionCaught(cause);
    }
  }

  // ---- the reply

  /** Writes a head, without a flush. */
  public ChannelFuture head(Http2Headers head, boolean last) {
    return context().write(new DefaultHttp2HeadersFrame(head, last));
  }

  /** Writes bytes of a body, without a flush; the future is that of the last frame. */
  public ChannelFuture data(ByteBuf bytes, boolean last) {
    return write(context(), bytes, last, context().newPromise());
  }

  /** Writes the end of a body, or, if it is not complete, a frame after all that was written. */
  public ChannelFuture end(boolean complete) {
    return data(Unpooled.EMPTY_BUFFER, complete);
  }

  /** Ends the stream at once; what has not been sent is discarded. */
  public void reset(Http2Error why) {
    if (context().channel().isActive()) {
      context().writeAndFlush(new DefaultHttp2ResetFrame(why), context().voidPromise());
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf bytes) {
      write(ctx, bytes, false, promise);
    } else {
      ctx.write(message, promise);
    }
  }

  private static ChannelFuture write(
      ChannelHandlerContext ctx, ByteBuf bytes, boolean last, ChannelPromise promise) {
    while (bytes.readableBytes() > MAX_FRAME) {
      ctx.write(
          new DefaultHttp2DataFrame(bytes.readRetainedSlice(MAX_FRAME), false), ctx.voidPromise());
    }
    return ctx.write(new DefaultHttp2DataFrame(bytes, last), promise);
  }
}

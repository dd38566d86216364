package dev.serai.gateway.edge.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2CodecUtil;
import java.nio.charset.StandardCharsets;

/**
 * Finds out whether the client of a plain connection speaks HTTP/2, which it begins with a fixed
 * text (RFC 9113, section 3.4: "prior knowledge"). No request of HTTP/1.1 begins with it. The
 * handler removes itself with the first bytes that decide. Used on the connection's event loop
 * only.
 */
public final class PrefaceDetector extends ChannelInboundHandlerAdapter {
  private static final ByteBuf PREFACE =
      Unpooled.unreleasableBuffer(Http2CodecUtil.connectionPrefaceBuf()).asReadOnly();

  /** The part that no request of HTTP/1.1 has; the rest is checked by the decoder of frames. */
  private static final int DECISIVE =
      "PRI * HTTP/2.0\r\n\r\nSM".getBytes(StandardCharsets.US_ASCII).length;

  private ByteBuf held = Unpooled.EMPTY_BUFFER;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof ByteBuf arrived)) {
      ctx.fireChannelRead(message);
      return;
    }
    ByteBuf bytes = held.isReadable() ? Unpooled.wrappedBuffer(held, arrived) : arrived;
    held = Unpooled.EMPTY_BUFFER;
    int length = Math.min(bytes.readableBytes(), DECISIVE);
    boolean same = ByteBufUtil.equals(bytes, bytes.readerIndex(), PREFACE, 0, length);
    if (same && length < DECISIVE) {
      held = bytes;
      return;
    }
    if (same) {
      ctx.fireUserEventTriggered(ChosenProtocol.HTTP2);
    }
    ctx.pipeline().remove(this);
    ctx.fireChannelRead(bytes);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    held.release();
    held = Unpooled.EMPTY_BUFFER;
  }
}

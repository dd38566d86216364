package dev.serai.gateway.edge.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;

/**
 * Says to a client that speaks plain HTTP that the port speaks HTTPS. A TLS connection begins with
 * a byte that no HTTP method begins with (RFC 8446, section 5.1).
 */
final class PlainHttpRefusal extends ChannelInboundHandlerAdapter {
  private static final int HANDSHAKE = 22;
  private static final String TEXT = "This port speaks HTTPS: use https:// in the address.\n";
  private static final byte[] REPLY =
      ("HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain\r\nconnection: close\r\n"
              + "content-length: "
              + TEXT.length()
              + "\r\n\r\n"
              + TEXT)
          .getBytes(StandardCharsets.US_ASCII);

  private boolean refused;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (refused || (message instanceof ByteBuf bytes && isPlain(bytes))) {
      ReferenceCountUtil.release(message);
      refuse(ctx);
      return;
    }
    ctx.fireChannelRead(message);
    ctx.pipeline().remove(this);
  }

  private static boolean isPlain(ByteBuf bytes) {
    return bytes.isReadable() && bytes.getByte(bytes.readerIndex()) != HANDSHAKE;
  }

  private void refuse(ChannelHandlerContext ctx) {
    if (!refused) {
      refused = true;
      ctx.writeAndFlush(Unpooled.wrappedBuffer(REPLY)).addListener(ChannelFutureListener.CLOSE);
    }
  }
}

package dev.serai.adapters.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.ReferenceCountUtil;

/**
 * Decodes the replies on an HTTP/1.1 connection, and lets no byte through that no request asked
 * for: bytes that arrive before a request was flushed are given to {@link
 * Http1Connection#onUnaskedBytes} and discarded. Confined to the event loop of the connection.
 */
final class ReplyDecoder extends HttpResponseDecoder {
  private static final int MAX_STATUS_LINE = 1024;
  private static final int MAX_HEADERS = 32 * 1024;
  private static final int MAX_PIECE = 64 * 1024;

  private final Http1Connection connection;
  private boolean heard;

  ReplyDecoder(Http1Connection connection) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_STATUS_LINE)
            .setMaxHeaderSize(MAX_HEADERS)
            .setMaxChunkSize(MAX_PIECE)
            .setUseRfc9112TransferEncoding(true));
    this.connection = connection;
  }

  /** A request is being sent. */
  void expectReply() {
    heard = false;
  }

  /** Whether any byte of the reply to the last request has arrived. */
  boolean hasHeard() {
    return heard;
  }

  /** Whether every byte that has arrived was decoded. */
  boolean isEmpty() {
    return actualReadableBytes() == 0;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    if (connection.awaitsReply()) {
      heard = true;
      super.channelRead(ctx, message);
    } else {
      ReferenceCountUtil.release(message);
      connection.onUnaskedBytes();
    }
  }

  /** The reply to a HEAD request has no body, whatever its length says. */
  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    return connection.carriesHead() || super.isContentAlwaysEmpty(message);
  }
}

package dev.serai.gateway.edge.request;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Decodes requests with Netty's strict decoder, and refuses two more things: a request with both
 * Content-Length and Transfer-Encoding (RFC 9112, section 6.3) and one with a folded header line
 * (section 5.2). Netty repairs both, but a proxy in front of the gateway may read them differently,
 * which allows request smuggling. For the event loop of one connection.
 */
public final class RequestDecoder extends HttpRequestDecoder {
  private static final int MAX_PIECE = 64 * 1024;

  private boolean inHead = true;
  private boolean requestLineRead;
  private boolean folded;

  /**
   * @param maxLine bytes of a request line
   * @param maxFields bytes of the header fields together
   */
  public RequestDecoder(int maxLine, int maxFields) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(maxLine)
            .setMaxHeaderSize(maxFields)
            .setMaxChunkSize(MAX_PIECE)
            .setStrictLineParsing(true)
            .setUseRfc9112TransferEncoding(true)
            .setAllowDuplicateContentLengths(false));
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    int before = out.size();
    if (inHead && !folded) {
      folded = hasFold(in);
    }
    super.decode(ctx, in, out);
    for (int i = before; i < out.size(); i++) {
      follow(out.get(i));
    }
  }

  @Override
  protected HttpMessage createMessage(String[] initialLine) throws Exception {
    requestLineRead = true;
    return super.createMessage(initialLine);
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
  }

  private void follow(Object decoded) {
    if (decoded instanceof HttpRequest request) {
      inHead = false;
      if (folded) {
        folded = false;
        request.setDecoderResult(
            DecoderResult.failure(new IllegalArgumentException("folded header line")));
      }
    }
    if (decoded instanceof LastHttpContent) {
      inHead = true;
      requestLineRead = false;
    }
  }

  /** Whether a header line among the bytes not yet decoded starts with a blank. */
  private boolean hasFold(ByteBuf in) {
    int end = in.writerIndex();
    int line = in.readerIndex();
    if (requestLineRead) {
      if (line < end && isBlank(in.getByte(line))) {
        return true;
      }
    } else {
      line = afterEmptyLines(in, line, end);
    }
    while (line < end && !isLineEnd(in.getByte(line))) {
      int lineFeed = in.indexOf(line, end, (byte) '\n');
      if (lineFeed < 0 || lineFeed + 1 == end) {
        return false;
      }
      line = lineFeed + 1;
      if (isBlank(in.getByte(line))) {
        return true;
      }
    }
    return false;
  }

  /** Netty skips bytes that cannot start a request line; so does the search. */
  private static int afterEmptyLines(ByteBuf in, int from, int end) {
    int at = from;
    while (at < end && (in.getByte(at) <= ' ' || in.getByte(at) == 0x7f)) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  private static boolean isLineEnd(byte b) {
    return b == '\r' || b == '\n';
  }
}

package dev.serai.adapters.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Frames the body of an HTTP/1.1 request (RFC 9112, sections 6.2 and 7.1). Stateless. */
enum ChunkFraming implements RequestUpload.Framing {
  /** The length of the body is in the head. */
  PLAIN {
    @Override
    public ByteBuf piece(byte[] bytes) {
      return Unpooled.wrappedBuffer(bytes);
    }

    @Override
    public ByteBuf end() {
      return Unpooled.EMPTY_BUFFER;
    }
  },

  CHUNKED {
    @Override
    public ByteBuf piece(byte[] bytes) {
      return Unpooled.wrappedBuffer(
          ascii(Integer.toHexString(bytes.length) + "\r\n"), bytes, ascii("\r\n"));
    }

    @Override
    public ByteBuf end() {
      return Unpooled.wrappedBuffer(ascii("0\r\n\r\n"));
    }
  };

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

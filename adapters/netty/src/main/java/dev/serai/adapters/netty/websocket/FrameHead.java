package dev.serai.adapters.netty.websocket;

import dev.serai.core.websocket.Close;
import dev.serai.core.websocket.Frame.Kind;
import io.netty.buffer.ByteBuf;

/**
 * The head of a frame on the wire (RFC 6455, section 5.2).
 *
 * @param opcode {@link #CLOSE} or that of a {@link Kind}
 * @param maskingKey 0 if it is not masked
 */
record FrameHead(int opcode, boolean last, long length, int maskingKey) {
  static final int CLOSE = 8;
  private static final int MAX_CONTROL = 125;
  private static final int SHORT = 126;
  private static final int LONG = 127;
  private static final int MASKED = 0x80;

  /** Whether all bytes of a head are there. */
  static boolean isComplete(ByteBuf in) {
    return in.readableBytes() >= 2
        && in.readableBytes() >= size(in.getUnsignedByte(in.readerIndex() + 1));
  }

  private static int size(int second) {
    return 2 + lengthBytes(second) + ((second & MASKED) != 0 ? 4 : 0);
  }

  /** The number of bytes that follow the second one and hold the length. */
  private static int lengthBytes(int second) {
    int length = second & 0x7f;
    return length == SHORT ? 2 : length == LONG ? 8 : 0;
  }

  /** Reads a complete head. */
  static FrameHead read(ByteBuf in, boolean masked) {
    int at = in.readerIndex();
    int first = in.getUnsignedByte(at);
    int second = in.getUnsignedByte(at + 1);
    check((first & 0x70) == 0, "a reserved bit is set");
    check((second & MASKED) != 0 == masked, masked ? "a frame is not masked" : "a frame is masked");
    int more = lengthBytes(second);
    long length =
        more == 0 ? second & 0x7f : more == 2 ? in.getUnsignedShort(at + 2) : in.getLong(at + 2);
    check(more == 0 || length >= (more == 2 ? SHORT : 0x10000), "a length is malformed");
    int maskingKey = masked ? in.getInt(at + 2 + more) : 0;
    in.skipBytes(size(second));
    return new FrameHead(first & 0xf, (first & 0x80) != 0, length, maskingKey).checked();
  }

  private FrameHead checked() {
    check(opcode <= 2 || (opcode >= CLOSE && opcode <= 10), "an opcode is unknown");
    check(!isControl() || (last && length <= MAX_CONTROL), "a control frame is malformed");
    return this;
  }

  boolean isControl() {
    return opcode >= CLOSE;
  }

  Kind kind() {
    return switch (opcode) {
      case 0 -> Kind.CONTINUATION;
      case 1 -> Kind.TEXT;
      case 2 -> Kind.BINARY;
      case 9 -> Kind.PING;
      default -> Kind.PONG;
    };
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new FrameException(Close.PROTOCOL_ERROR, otherwise);
    }
  }
}

package dev.serai.adapters.netty.websocket;

import dev.serai.core.websocket.Close;
import dev.serai.core.websocket.Frame.Kind;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The head of a frame on the wire (RFC 6455, section 5.2).
 *
 * @param opcode {@link #CLOSE} or that of a {@link Kind}
 * @param key of the mask; 0 without one
 */
record FrameHead(int opcode, boolean last, long length, int key) {
  static final int CLOSE = 8;
  private static final int MAX_CONTROL = 125;
  private static final int SHORT = 126;
  private static final int LONG = 127;

  /** Reads a head; null until all of its bytes are there, and nothing is consumed. */
  static @Nullable FrameHead read(ByteBuf in, boolean masked) {
    int at = in.readerIndex();
    if (in.readableBytes() < 2) {
      return nothing();
    }
    int first = in.getUnsignedByte(at);
    int second = in.getUnsignedByte(at + 1);
    check((first & 0x70) == 0, "a reserved bit is set");
    check((second & 0x80) != 0 == masked, masked ? "a frame is not masked" : "a frame is masked");
    int length = second & 0x7f;
    int more = length == SHORT ? 2 : length == LONG ? 8 : 0;
    int size = 2 + more + (masked ? 4 : 0);
    if (in.readableBytes() < size) {
      return nothing();
    }
    long real = more == 0 ? length : more == 2 ? in.getUnsignedShort(at + 2) : in.getLong(at + 2);
    check(more == 0 || real >= (more == 2 ? SHORT : 0x10000), "a length is malformed");
    int key = masked ? in.getInt(at + 2 + more) : 0;
    in.skipBytes(size);
    return new FrameHead(first & 0xf, (first & 0x80) != 0, real, key).checked();
  }

  private static @Nullable FrameHead nothing() {
    FrameHead none = null;
    return none;
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

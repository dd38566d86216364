package dev.serai.adapters.netty.websocket;

import dev.serai.core.websocket.Close;
import dev.serai.core.websocket.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Writes frames (RFC 6455, section 5.2), each into one buffer: masked if it is a client's. Safe for
 * use by many threads if the source of its keys is.
 */
public final class FrameWriter {
  private static final int MAX_HEAD = 14;
  private static final int MAX_REASON = 123;
  private static final int LAST = 0x80;
  private static final int MASKED = 0x80;

  private final Optional<IntSupplier> keys;

  private FrameWriter(Optional<IntSupplier> keys) {
    this.keys = keys;
  }

  /** Writes the frames of a server. */
  public static FrameWriter ofServer() {
    return new FrameWriter(Optional.empty());
  }

  /**
   * Writes the frames of a client.
   *
   * @param keys unpredictable numbers, one for each frame
   */
  public static FrameWriter ofClient(IntSupplier keys) {
    return new FrameWriter(Optional.of(keys));
  }

  /** Writes a frame. A client's payload is masked in place: it must not be used any more. */
  public ByteBuf write(ByteBufAllocator memory, Frame frame) {
    return write(memory, frame.kind().opcode() | (frame.last() ? LAST : 0), frame.payload());
  }

  /** Writes a close frame; without a code if the connection ends without one. */
  public ByteBuf write(ByteBufAllocator memory, Close close) {
    int opcode = FrameHead.CLOSE | LAST;
    if (!Close.isSendable(close.code())) {
      return write(memory, opcode, new byte[0]);
    }
    byte[] reason = close.reason().getBytes(StandardCharsets.UTF_8);
    ByteBuf payload = Unpooled.buffer(2 + MAX_REASON).writeShort(close.code());
    payload.writeBytes(reason, 0, cut(reason));
    byte[] bytes = new byte[payload.readableBytes()];
    payload.readBytes(bytes);
    return write(memory, opcode, bytes);
  }

  /** The length of the reason that fits, in bytes: no character is cut. */
  private static int cut(byte[] reason) {
    int end = Math.min(reason.length, MAX_REASON);
    while (end < reason.length && end > 0 && (reason[end] & 0xc0) == 0x80) {
      end--;
    }
    return end;
  }

  private ByteBuf write(ByteBufAllocator memory, int first, byte[] payload) {
    int length = payload.length;
    int flag = keys.isEmpty() ? 0 : MASKED;
    ByteBuf out = memory.directBuffer(MAX_HEAD + length).writeByte(first);
    if (length < 126) {
      out.writeByte(flag | length);
    } else if (length < 0x10000) {
      out.writeByte(flag | 126).writeShort(length);
    } else {
      out.writeByte(flag | 127).writeLong(length);
    }
    if (keys.isPresent()) {
      int key = keys.get().getAsInt();
      out.writeInt(key);
      Mask.apply(payload, key);
    }
    return out.writeBytes(payload);
  }
}

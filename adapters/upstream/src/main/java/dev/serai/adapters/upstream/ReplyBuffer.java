package dev.serai.adapters.upstream;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Collects the body of a non-streaming reply, up to a bound. Confined to one thread. */
final class ReplyBuffer {
  private static final int MAX_PREALLOCATED = 1024 * 1024;
  private static final byte[] NOTHING = {};

  private final int max;
  private byte[] bytes;
  private int length;

  /**
   * @param expected the Content-Length; negative if there is none
   */
  ReplyBuffer(long expected, int max) {
    this.max = max;
    long initial = Math.min(Math.min(expected, MAX_PREALLOCATED), max);
    this.bytes = initial > 0 ? new byte[(int) initial] : NOTHING;
  }

  /** Adds a piece; false if the body becomes too large. */
  boolean add(ByteBuf piece) {
    int more = piece.readableBytes();
    if (more > max - length) {
      return false;
    }
    if (more > bytes.length - length) {
      long doubled = Math.max(length + (long) more, bytes.length * 2L);
      bytes = Arrays.copyOf(bytes, (int) Math.min(doubled, max));
    }
    piece.getBytes(piece.readerIndex(), bytes, length, more);
    length += more;
    return true;
  }

  byte[] toBytes() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }
}

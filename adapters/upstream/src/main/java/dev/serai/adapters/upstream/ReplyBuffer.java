package dev.serai.adapters.upstream;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Collects an answer that is not streamed, up to a bound. Confined to one thread. */
final class ReplyBuffer {
  private static final int TRUSTED_LENGTH = 1024 * 1024;
  private static final byte[] NOTHING = {};

  private final int max;
  private byte[] bytes;
  private int length;

  /**
   * @param expected what Content-Length says, below 0 if it says nothing
   */
  ReplyBuffer(long expected, int max) {
    this.max = max;
    long trusted = Math.min(Math.min(expected, TRUSTED_LENGTH), max);
    this.bytes = trusted > 0 ? new byte[(int) trusted] : NOTHING;
  }

  /** Adds a piece; false if the answer becomes too large. */
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

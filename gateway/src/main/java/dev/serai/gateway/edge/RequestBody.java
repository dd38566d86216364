package dev.serai.gateway.edge;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Collects a request's body into one array. Memory grows with what has arrived, never with what was
 * announced. Not thread-safe.
 */
final class RequestBody {
  private static final byte[] NONE = {};
  private static final int FIRST = 16 * 1024;

  private final int limit;
  private final long announced;
  private final boolean kept;
  private byte[] bytes = NONE;
  private int length;

  /**
   * @param limit beyond which {@link #add} refuses
   * @param announced the Content-Length, or -1
   * @param kept whether anybody will want it; if not it is only counted
   */
  RequestBody(int limit, long announced, boolean kept) {
    this.limit = limit;
    this.announced = announced;
    this.kept = kept;
  }

  /** Takes a piece; false if the body is over its limit with it. */
  boolean add(ByteBuf piece) {
    int more = piece.readableBytes();
    if (more > limit - length) {
      return false;
    }
    if (!kept) {
      length += more;
      return true;
    }
    if (more > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, capacityFor(length + more));
    }
    piece.readBytes(bytes, length, more);
    length += more;
    return true;
  }

  /** The body; the array is the caller's. */
  byte[] toArray() {
    return !kept || length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  private int capacityFor(int needed) {
    if (needed == announced) {
      return needed;
    }
    long doubled = Math.max(Math.max(needed, FIRST), 2L * bytes.length);
    return (int) Math.min(announced < 0 ? limit : Math.max(announced, needed), doubled);
  }
}

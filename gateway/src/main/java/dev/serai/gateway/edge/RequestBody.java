package dev.serai.gateway.edge;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Collects a request's body into one array. The array grows with the bytes that have arrived, never
 * with the announced Content-Length alone. Not thread-safe.
 */
final class RequestBody {
  private static final byte[] NONE = {};
  private static final int MIN_CAPACITY = 16 * 1024;

  private final int limit;
  private final long announced;
  private final boolean stored;
  private byte[] bytes = NONE;
  private int length;

  /**
   * @param limit in bytes, beyond which {@link #add} refuses
   * @param announced the Content-Length, or -1
   * @param stored whether a route will read the body; if not, it is only counted
   */
  RequestBody(int limit, long announced, boolean stored) {
    this.limit = limit;
    this.announced = announced;
    this.stored = stored;
  }

  /** Adds a piece; false if it takes the body over its limit. */
  boolean add(ByteBuf piece) {
    int more = piece.readableBytes();
    if (more > limit - length) {
      return false;
    }
    if (!stored) {
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

  /** The body; the caller owns the array. */
  byte[] toArray() {
    return !stored || length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  private int capacityFor(int needed) {
    if (needed == announced) {
      return needed;
    }
    long doubled = Math.max(Math.max(needed, MIN_CAPACITY), 2L * bytes.length);
    return (int) Math.min(announced < 0 ? limit : Math.max(announced, needed), doubled);
  }
}

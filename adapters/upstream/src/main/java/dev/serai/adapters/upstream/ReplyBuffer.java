package dev.serai.adapters.upstream;

import dev.serai.core.limit.ByteHold;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.limit.Hold;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects the body of a non-streaming reply, up to a bound and as far as the memory limit has
 * room. The memory limit counts the array that holds the body; copies and translations are counted
 * where they are made. Confined to one thread.
 */
final class ReplyBuffer {
  /** Without an announced length, a reply of this size needs no hold. */
  private static final int MAX_UNCOUNTED = 16 * 1024;

  private static final byte[] NOTHING = {};

  private final int max;
  private final long expected;
  private final ByteLimit memory;
  private @Nullable ByteHold hold;
  private byte[] bytes = NOTHING;
  private int length;
  private boolean exhausted;

  /**
   * @param expected the Content-Length; negative if there is none
   * @param memory the limit of the bytes that are held
   */
  ReplyBuffer(long expected, int max, ByteLimit memory) {
    this.max = max;
    this.expected = expected;
    this.memory = memory;
  }

  /** Adds a piece; false if the body becomes too large, or the memory limit has no room for it. */
  boolean add(ByteBuf piece) {
    int more = piece.readableBytes();
    if (more > max - length) {
      return false;
    }
    if (more > bytes.length - length && !grow(length + more)) {
      exhausted = true;
      return false;
    }
    piece.getBytes(piece.readerIndex(), bytes, length, more);
    length += more;
    return true;
  }

  /** Whether {@link #add} failed because the memory limit had no room. */
  boolean isExhausted() {
    return exhausted;
  }

  private boolean grow(int needed) {
    long wanted = expected >= needed ? expected : Math.max(needed, bytes.length * 2L);
    int capacity = (int) Math.min(wanted, max);
    if (capacity > MAX_UNCOUNTED && !take(capacity)) {
      return false;
    }
    bytes = Arrays.copyOf(bytes, capacity);
    return true;
  }

  private boolean take(long size) {
    if (hold == null) {
      hold = memory.hold();
    }
    return hold.resize(size);
  }

  /** The bytes taken from the memory limit; the receiver of the reply releases them. */
  Hold hold() {
    return hold == null ? Hold.NONE : hold;
  }

  byte[] toBytes() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }
}

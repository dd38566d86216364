package dev.serai.gateway.edge;

import dev.serai.core.limit.ByteBudget;
import dev.serai.core.limit.ByteHold;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Collects a request's body into one array. The array grows with the bytes that have arrived, never
 * with the announced Content-Length alone.
 *
 * <p>The body takes a multiple of its length from the budget, because its request is copied for the
 * provider and, between dialects, read into objects: all of it before the first byte if the length
 * is announced, otherwise as it grows. {@link #release} gives everything back. Not thread-safe.
 */
final class RequestBody {
  /** The outcome of adding bytes to a body. */
  enum Added {
    YES,
    TOO_LARGE,
    NO_MEMORY
  }

  private static final byte[] NONE = {};
  private static final int MIN_CAPACITY = 16 * 1024;

  /** Up to this size a request is counted without a look at its media type. */
  private static final int SMALL = 64 * 1024;

  /** The body, its copy for the provider, and the objects and buffers of a translation. */
  private static final int COPIES = 4;

  /** A form is forwarded without translation. */
  private static final int COPIES_OF_A_FORM = 2;

  private final int limit;
  private final long announced;
  private final int copies;
  private final ByteHold hold;
  private byte[] bytes = NONE;
  private int length;

  /**
   * @param limit in bytes, beyond which {@link #add} refuses
   * @param announced the Content-Length, or -1
   * @param copies how often a route holds the body; 0 if no route reads it and it is only counted
   * @param budget of the bytes that are held
   */
  RequestBody(int limit, long announced, int copies, ByteBudget budget) {
    this.copies = copies;
    this.announced = announced;
    this.hold = budget.hold();
    this.limit = copies == 0 ? limit : (int) Math.min(limit, budget.capacity() / copies);
  }

  /** The body of a request that goes to {@code decided}. */
  static RequestBody of(RequestHead head, Dispatch decided, EdgeServer server) {
    int general = server.settings().maxBodyBytes();
    return decided instanceof Dispatch.Admitted to
        ? new RequestBody(
            to.route().bodyLimit(general), head.contentLength(), copies(head), server.memory())
        : new RequestBody(general, head.contentLength(), 0, server.memory());
  }

  private static int copies(RequestHead head) {
    boolean small = head.contentLength() >= 0 && head.contentLength() <= SMALL;
    boolean form =
        !small
            && head.headers()
                .first("content-type")
                .filter(type -> type.regionMatches(true, 0, "multipart/", 0, 10))
                .isPresent();
    return form ? COPIES_OF_A_FORM : COPIES;
  }

  /** The largest body that is accepted: less than the setting if the budget is small. */
  int limit() {
    return limit;
  }

  /** Takes the announced length from the budget, before any of it has arrived. */
  Added reserve() {
    if (announced > limit) {
      return Added.TOO_LARGE;
    }
    return announced <= 0 || copies == 0 || hold.resize(copies * announced)
        ? Added.YES
        : Added.NO_MEMORY;
  }

  Added add(ByteBuf piece) {
    int more = piece.readableBytes();
    if (more > limit - length) {
      return Added.TOO_LARGE;
    }
    if (copies > 0) {
      if (more > bytes.length - length && !grow(capacityFor(length + more))) {
        return Added.NO_MEMORY;
      }
      piece.readBytes(bytes, length, more);
    }
    length += more;
    return Added.YES;
  }

  private boolean grow(int capacity) {
    if (announced < 0 && !hold.resize((long) copies * capacity)) {
      return false;
    }
    bytes = Arrays.copyOf(bytes, capacity);
    return true;
  }

  /** The body; the caller owns the array, and the budget still counts it. */
  byte[] toArray() {
    return length == bytes.length || copies == 0 ? bytes : Arrays.copyOf(bytes, length);
  }

  /**
   * Returns what was taken from the budget: neither the body nor anything made from it is held any
   * longer.
   */
  void release() {
    bytes = NONE;
    hold.release();
  }

  private int capacityFor(int needed) {
    if (needed == announced) {
      return needed;
    }
    long doubled = Math.max(Math.max(needed, MIN_CAPACITY), 2L * bytes.length);
    return (int) Math.min(announced < 0 ? limit : Math.max(announced, needed), doubled);
  }
}

package dev.serai.core.limit;

import dev.serai.core.problem.CapacityProblem;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes of everything that is held in memory for clients and providers: request bodies,
 * replies that are collected, replies that a client has not read. New work is refused when they
 * reach the capacity; work that has begun continues. A change costs one atomic addition.
 * Thread-safe.
 */
public final class ByteLimit {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final long capacity;
  private final AtomicLong taken = new AtomicLong();

  /**
   * @param capacity in bytes
   * @throws IllegalArgumentException if the capacity is not above zero
   */
  public ByteLimit(long capacity) {
    if (capacity <= 0) {
      throw new IllegalArgumentException("capacity must be above zero");
    }
    this.capacity = capacity;
  }

  /** A limit that is never reached. */
  public static ByteLimit unlimited() {
    return new ByteLimit(Long.MAX_VALUE);
  }

  public long capacity() {
    return capacity;
  }

  /** The bytes that are held now. */
  public long taken() {
    return taken.get();
  }

  /** A hold that has taken nothing yet. */
  public ByteHold hold() {
    return new ByteHold(this);
  }

  /** The problem of work that is refused because it does not fit. */
  public static CapacityProblem exhausted() {
    return new CapacityProblem(
        "memory_exhausted",
        "The gateway holds as many bytes of other requests and replies as its memory limit allows"
            + " (server.memory_limit_megabytes). Try again shortly.",
        RETRY_AFTER);
  }

  boolean tryTake(long bytes) {
    long before = taken.getAndAdd(bytes);
    if (bytes <= capacity - before) {
      return true;
    }
    taken.getAndAdd(-bytes);
    return false;
  }

  /** Takes bytes without regard to the capacity; gives them back if the number is negative. */
  void take(long bytes) {
    taken.getAndAdd(bytes);
  }
}

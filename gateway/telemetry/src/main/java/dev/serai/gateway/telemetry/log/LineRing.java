package dev.serai.gateway.telemetry.log;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Queues lines of many producers for one consumer, up to a bound. Producers never wait: an offer to
 * a full ring is refused. A producer claims a slot by moving {@code tail} and fills it afterwards,
 * so the consumer may find the slot at {@code head} still empty; it then tries again later.
 */
final class LineRing {
  private final AtomicReferenceArray<byte @Nullable []> slots;
  private final int mask;
  private final AtomicLong tail = new AtomicLong();
  private final AtomicLong head = new AtomicLong();

  /**
   * @param capacity rounded up to a power of two
   */
  LineRing(int capacity) {
    int size = Integer.highestOneBit(Math.max(2, capacity) * 2 - 1);
    slots = new AtomicReferenceArray<>(size);
    mask = size - 1;
  }

  /**
   * Adds a line. For any thread.
   *
   * @return how many lines wait, this one included, or 0 if there was no room for it
   */
  int offer(byte[] line) {
    while (true) {
      long at = tail.get();
      long waiting = at - head.get();
      if (waiting > mask) {
        return 0;
      }
      if (tail.compareAndSet(at, at + 1)) {
        slots.setRelease((int) at & mask, line);
        return (int) waiting + 1;
      }
    }
  }

  /** Takes the next line, or null if there is none. For the consumer only. */
  byte @Nullable [] poll() {
    long at = head.get();
    int slot = (int) at & mask;
    byte[] line = slots.getAcquire(slot);
    if (line != null) {
      slots.setPlain(slot, null);
      head.setRelease(at + 1);
    }
    return line;
  }

  int capacity() {
    return mask + 1;
  }

  boolean isEmpty() {
    return head.get() == tail.get();
  }
}

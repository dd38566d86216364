package dev.serai.gateway.telemetry.log;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of lines for many producers and one consumer. No producer ever waits: an offer to
 * a full ring is refused. A slot is claimed by moving {@code tail}, and filled after that, so the
 * consumer may find the slot at {@code head} still empty and then simply comes back later.
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
   * Any thread.
   *
   * @return how many lines are waiting with this one, or 0 if there was no room for it
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

  /** The consumer only: the next line, or null if there is none yet. */
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

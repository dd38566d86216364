package dev.serai.adapters.upstream;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The permits for connections to one provider, shared by all event loops, and the queue of those
 * who wait for one: first come, first served.
 *
 * <p>Lock-free. A permit is given back, then the queue is looked at; a waiter is queued, then the
 * permits are looked at: one of the two sees the other, so no wake-up is lost.
 */
final class ConnectionPermits {
  private final int permits;
  private final int maxWaiting;
  private final AtomicInteger free;
  private final AtomicInteger waiting = new AtomicInteger();
  private final ConcurrentLinkedDeque<UpstreamCall> queue = new ConcurrentLinkedDeque<>();

  ConnectionPermits(int permits, int maxWaiting) {
    this.permits = permits;
    this.maxWaiting = maxWaiting;
    this.free = new AtomicInteger(permits);
  }

  /** Takes a permit if there is one and nobody waits for it. */
  boolean tryTake() {
    return waiting.get() == 0 && take();
  }

  /** Queues a call; false if too many wait already. {@link #settle} is to be called next. */
  boolean queue(UpstreamCall call) {
    if (waiting.incrementAndGet() > maxWaiting) {
      waiting.decrementAndGet();
      return false;
    }
    queue.add(call);
    return true;
  }

  /** Takes the call that has waited longest out of the queue. */
  @Nullable UpstreamCall next() {
    UpstreamCall call = waiting.get() == 0 ? null : queue.poll();
    if (call != null) {
      waiting.decrementAndGet();
    }
    return call;
  }

  /** Puts a call that {@link #next} gave back to its place. */
  void putBack(UpstreamCall call) {
    waiting.incrementAndGet();
    queue.addFirst(call);
    settle();
  }

  /** Takes a call out of the queue; false if it has been granted a permit meanwhile. */
  boolean leave(UpstreamCall call) {
    boolean left = queue.remove(call);
    if (left) {
      waiting.decrementAndGet();
    }
    return left;
  }

  /** Gives a permit back. */
  void release() {
    free.incrementAndGet();
    settle();
  }

  /** Grants free permits to those who wait. */
  void settle() {
    while (!queue.isEmpty() && take()) {
      UpstreamCall call = next();
      if (call == null) {
        free.incrementAndGet();
      } else {
        call.granted();
      }
    }
  }

  boolean hasWaiting() {
    return waiting.get() > 0;
  }

  int waiting() {
    return waiting.get();
  }

  int taken() {
    return permits - free.get();
  }

  private boolean take() {
    for (int now = free.get(); now > 0; now = free.get()) {
      if (free.compareAndSet(now, now - 1)) {
        return true;
      }
    }
    return false;
  }
}

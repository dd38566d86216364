package dev.serai.memory.batch;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The threads that wait until everything that was there when they asked is in the database. Each
 * request to flush has a number; to finish a number finishes all lower ones. Thread-safe.
 */
final class FlushWaiters {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile long requested;
  private volatile long finished;

  /** Whether a thread waits. */
  boolean isWaiting() {
    return requested != finished;
  }

  /** The number of the last request. */
  long lastRequest() {
    return requested;
  }

  /** Ends the wait of all requests up to this one. */
  void finish(long request) {
    if (finished == request) {
      return;
    }
    lock.lock();
    try {
      finished = Math.max(finished, request);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Requests a flush and waits; false if that takes longer than this or the thread was interrupted.
   */
  boolean await(Duration atMost, Runnable wakeWriter) {
    lock.lock();
    try {
      long mine = requested + 1;
      requested = mine;
      wakeWriter.run();
      long left = atMost.toNanos();
      while (finished < mine && left > 0) {
        left = changed.awaitNanos(left);
      }
      return finished >= mine;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}

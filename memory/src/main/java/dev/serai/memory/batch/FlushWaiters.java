package dev.serai.memory.batch;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The threads that wait until everything that was there when they asked is in the database. Each
 * request to flush has a number; to finish a number finishes all lower ones. While the database is
 * down they wait only shortly. Thread-safe.
 */
final class FlushWaiters {
  /** The wait while the database is down: time for one try, in case it is up again. */
  private static final long WHILE_DOWN = Duration.ofSeconds(1).toNanos();

  private final BooleanSupplier down;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile long requested;
  private volatile long finished;

  /**
   * @param down whether the last write failed because the database is unavailable
   */
  FlushWaiters(BooleanSupplier down) {
    this.down = down;
  }

  /** Whether a thread waits. */
  boolean isWaiting() {
    return requested != finished;
  }

  /** The number of the last request. */
  long lastRequest() {
    return requested;
  }

  /** The database has just been found to be down: shortens all waits. */
  void databaseDown() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
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
   * Requests a flush and waits; false if that takes longer than this, or than a second while the
   * database is down, or the thread was interrupted.
   */
  boolean await(Duration atMost, Runnable wakeWriter) {
    lock.lock();
    try {
      long mine = requested + 1;
      requested = mine;
      wakeWriter.run();
      long left = atMost.toNanos();
      while (finished < mine && left > 0) {
        left = changed.awaitNanos(down.getAsBoolean() ? Math.min(left, WHILE_DOWN) : left);
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

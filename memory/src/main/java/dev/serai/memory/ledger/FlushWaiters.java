package dev.serai.memory.ledger;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Those who wait until what has been appended is in the database. Thread-safe. */
final class FlushWaiters {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private volatile long asked;
  private volatile long done;

  /** Whether anybody waits. */
  boolean wanted() {
    return asked != done;
  }

  /** The number of the last one who asked. */
  long asked() {
    return asked;
  }

  /** Everything is written that was appended before that one asked. */
  void done(long number) {
    if (done == number) {
      return;
    }
    lock.lock();
    try {
      done = Math.max(done, number);
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Asks and waits; false if it took too long or the thread was interrupted. */
  boolean await(Duration atMost, Runnable wake) {
    lock.lock();
    try {
      long mine = asked + 1;
      asked = mine;
      wake.run();
      long left = atMost.toNanos();
      while (done < mine && left > 0) {
        left = moved.awaitNanos(left);
      }
      return done >= mine;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}

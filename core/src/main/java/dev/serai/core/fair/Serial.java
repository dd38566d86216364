package dev.serai.core.fair;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs one task at a time, in order, without a lock: the thread that gives the first one runs all
 * that others give meanwhile. What one task wrote, the next one sees. Thread-safe.
 */
final class Serial {
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pending = new AtomicInteger();

  /** Runs a task, now or on the thread that runs one now. It must not throw. */
  void run(Runnable task) {
    tasks.add(task);
    if (pending.getAndIncrement() == 0) {
      do {
        Runnable next = tasks.poll();
        if (next != null) {
          next.run();
        }
      } while (pending.decrementAndGet() != 0);
    }
  }
}

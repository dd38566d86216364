package dev.serai.core.fair;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs one task at a time, without a lock: the thread that gives the first one runs all that others
 * give meanwhile. Tasks of one thread keep their order. What one task wrote, the next one sees.
 * Thread-safe.
 */
final class Serial {
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pending = new AtomicInteger();

  /** Runs a task, now or on the thread that runs one now. */
  void run(Runnable task) {
    boolean first = pending.compareAndSet(0, 1);
    if (first && tasks.isEmpty()) {
      runAll(Optional.of(task));
    } else {
      tasks.add(task);
      if (first || pending.getAndIncrement() == 0) {
        runAll(Optional.ofNullable(tasks.poll()));
      }
    }
  }

  /** A task that throws does not stop the others. */
  private void runAll(Optional<Runnable> first) {
    boolean done = false;
    try {
      Optional<Runnable> next = first;
      while (next.isPresent()) {
        next.get().run();
        next = following();
      }
      done = true;
    } finally {
      if (!done) {
        runAll(following());
      }
    }
  }

  private Optional<Runnable> following() {
    return pending.decrementAndGet() == 0 ? Optional.empty() : Optional.ofNullable(tasks.poll());
  }
}

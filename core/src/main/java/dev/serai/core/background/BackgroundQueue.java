package dev.serai.core.background;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Work that waits for a {@link BackgroundThread}, which does it in the order in which it came. To
 * add work never blocks, and the code that adds it bounds how much waits. What waits when the
 * thread is stopped is not done. Thread-safe.
 *
 * @param <T> a piece of work
 */
public final class BackgroundQueue<T> implements BackgroundTask {
  private final Queue<T> waiting = new ConcurrentLinkedQueue<>();
  private final Consumer<T> work;
  private volatile @Nullable BackgroundThread worker;

  /**
   * @param work does one piece; what it throws makes the thread begin again, behind that piece
   */
  public BackgroundQueue(Consumer<T> work) {
    this.work = work;
  }

  /** Adds a piece of work. */
  public void add(T piece) {
    waiting.add(piece);
    BackgroundThread now = worker;
    if (now != null) {
      now.unpark();
    }
  }

  @Override
  public void run(BackgroundThread thread) {
    worker = thread;
    while (!thread.isStopping()) {
      T next = waiting.poll();
      if (next == null) {
        LockSupport.park(this);
      } else {
        work.accept(next);
      }
    }
  }
}

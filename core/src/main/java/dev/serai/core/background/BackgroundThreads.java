package dev.serai.core.background;

import dev.serai.core.background.BackgroundThread.FailureListener;
import dev.serai.core.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Makes the background threads of a gateway and knows which of them fail, for its health and its
 * metrics. Thread-safe.
 */
public final class BackgroundThreads {
  private final Ticker ticker;
  private final FailureListener listener;
  private final List<BackgroundThread> all = new ArrayList<>();
  private final Set<BackgroundThread> vital = new HashSet<>();
  private final List<Consumer<BackgroundThread>> observers = new ArrayList<>();

  /**
   * @param listener receives the failures of all threads
   */
  public BackgroundThreads(Ticker ticker, FailureListener listener) {
    this.ticker = ticker;
    this.listener = listener;
  }

  /** Threads whose failures are counted and not reported. */
  public static BackgroundThreads unreported() {
    return new BackgroundThreads(Ticker.SYSTEM, (thread, why, pause) -> {});
  }

  /** The clock that the threads use. */
  public Ticker ticker() {
    return ticker;
  }

  /** A thread that is not started. The gateway is usable while it fails. */
  public BackgroundThread make(String name, BackgroundTask task) {
    return add(new BackgroundThread(name, task, ticker, listener), false);
  }

  /** A thread that is not started. The gateway is not ready while it fails. */
  public BackgroundThread makeVital(String name, BackgroundTask task) {
    return add(new BackgroundThread(name, task, ticker, listener), true);
  }

  /**
   * A thread that is not started and repeats a task.
   *
   * @param first the time until the first run
   * @param pause the time between two runs
   */
  public BackgroundThread repeat(String name, Duration first, Duration pause, BackgroundTask task) {
    return make(
        name,
        thread -> {
          park(thread, first);
          while (!thread.isStopping()) {
            task.run(thread);
            park(thread, pause);
          }
        });
  }

  private static void park(BackgroundThread thread, Duration pause) {
    if (!thread.isStopping()) {
      LockSupport.parkNanos(thread, pause.toNanos());
    }
  }

  private synchronized BackgroundThread add(BackgroundThread made, boolean isVital) {
    all.add(made);
    if (isVital) {
      vital.add(made);
    }
    observers.forEach(observer -> observer.accept(made));
    return made;
  }

  /** Calls the observer for every thread made so far, and for every later one. */
  public synchronized void observe(Consumer<BackgroundThread> observer) {
    observers.add(observer);
    all.forEach(observer);
  }

  /** The names of the threads that fail now. */
  public synchronized List<String> failing() {
    return all.stream().filter(t -> t.failing().isPresent()).map(BackgroundThread::name).toList();
  }

  /** Whether every thread that the gateway needs to take calls works. */
  public synchronized boolean vitalOnesRun() {
    return vital.stream().allMatch(thread -> thread.failing().isEmpty());
  }
}

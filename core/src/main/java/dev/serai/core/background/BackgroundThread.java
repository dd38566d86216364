package dev.serai.core.background;

import dev.serai.core.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A daemon thread that runs its task until it is stopped, and runs it again when it fails.
 *
 * <p>A task that returns has ended. A task that throws anything has failed: the thread reports it,
 * pauses and runs the task again. The pause is a quarter of a second at first and is doubled up to
 * 30 seconds; it is short again after the task has run for ten seconds. Until then the thread
 * counts as failing.
 *
 * <p>A stop ends the pause: the task runs once more, so that it can close what it has opened.
 * Thread-safe.
 */
public final class BackgroundThread {
  private static final long MIN_PAUSE = Duration.ofMillis(250).toNanos();
  private static final long MAX_PAUSE = Duration.ofSeconds(30).toNanos();
  private static final long STEADY = Duration.ofSeconds(10).toNanos();

  private final String name;
  private final BackgroundTask task;
  private final Ticker ticker;
  private final FailureListener listener;
  private final Thread thread;
  private final AtomicLong failures = new AtomicLong();
  private volatile boolean stopping;
  private volatile boolean pausing;
  private volatile @Nullable Error fault;
  private volatile long began;
  private volatile @Nullable Throwable failure;
  private long pause = MIN_PAUSE;

  /** Receives the failures of threads, on these threads. */
  @FunctionalInterface
  public interface FailureListener {
    /**
     * Called when the task of a thread has failed.
     *
     * @param pause the time until it is run again
     */
    void failed(String thread, Throwable why, Duration pause);
  }

  BackgroundThread(String name, BackgroundTask task, Ticker ticker, FailureListener listener) {
    this.name = name;
    this.task = task;
    this.ticker = ticker;
    this.listener = listener;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  /** Starts the thread. Call it once. */
  public void start() {
    began = ticker.nanos();
    thread.start();
  }

  /** Ends a wait of the task, but not the pause after a failure. */
  public void unpark() {
    LockSupport.unpark(thread);
  }

  /** Tells the thread to stop and unparks it; does not wait. */
  public void stop() {
    stopping = true;
    unpark();
  }

  /** Stops the thread and waits until it has ended, at most for this time. */
  public void stopAndJoin(Duration atMost) {
    stop();
    try {
      join(atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether {@link #stop} was called. The task asks this after each wait. */
  public boolean isStopping() {
    if (fault != null && Thread.currentThread() == thread) {
      throwFault();
    }
    return stopping;
  }

  /** Lets the task throw an error once, at its next {@link #isStopping}: tests see what follows. */
  public void failOnce(Error why) {
    fault = why;
    unpark();
  }

  private void throwFault() {
    Error why = fault;
    fault = null;
    if (why != null) {
      throw why;
    }
  }

  /**
   * Waits until the thread has ended, at most for this time. Does not wait if it was not started.
   *
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public void join(Duration atMost) throws InterruptedException {
    if (thread.getState() != Thread.State.NEW) {
      thread.join(atMost);
    }
  }

  /** Whether the thread was started and has not ended. */
  public boolean isAlive() {
    return thread.isAlive();
  }

  public String name() {
    return name;
  }

  /** How often the task has failed. */
  public long failures() {
    return failures.get();
  }

  /** Why the task failed last, if it is not running steadily since; empty if all is well. */
  public Optional<Throwable> failing() {
    boolean steady = !pausing && ticker.nanos() - began >= STEADY;
    return steady || stopping ? Optional.empty() : Optional.ofNullable(failure);
  }

  private void run() {
    boolean ended = false;
    while (!ended) {
      boolean last = stopping; // a stop that comes while the task runs is followed by one more run
      ended = runOnce() || last;
    }
  }

  /** Runs the task; false if it has failed and is to be run again. */
  private boolean runOnce() {
    began = ticker.nanos();
    pausing = false;
    try {
      task.run(this);
      return true;
    } catch (Throwable e) { // the top of the thread: the task is run again
      fail(e);
      return false;
    }
  }

  private void fail(Throwable why) {
    if (ticker.nanos() - began >= STEADY) {
      pause = MIN_PAUSE;
    }
    failure = why;
    pausing = true;
    failures.incrementAndGet();
    report(why);
    waitUntil(ticker.nanos() + pause);
    pause = Math.min(pause * 2, MAX_PAUSE);
  }

  private void report(Throwable why) {
    try {
      listener.failed(name, why, Duration.ofNanos(pause));
    } catch (RuntimeException | Error e) { // a listener that fails must not end the thread
      if (e != why) {
        why.addSuppressed(e);
      }
    }
  }

  private void waitUntil(long end) {
    for (long left = end - ticker.nanos(); left > 0 && !stopping; left = end - ticker.nanos()) {
      LockSupport.parkNanos(this, left);
      if (Thread.interrupted()) {
        return;
      }
    }
  }
}

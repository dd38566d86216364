package dev.serai.gateway.models;

import dev.serai.core.background.BackgroundThread;
import dev.serai.core.background.BackgroundThreads;
import java.time.Duration;

/** Polls {@link ModelLists} on a thread of its own. Thread-safe. */
public final class ModelListPoller implements AutoCloseable {
  private final BackgroundThread thread;

  /**
   * @param threads makes the thread
   */
  public ModelListPoller(ModelLists lists, BackgroundThreads threads) {
    thread = threads.repeat("model-lists", Duration.ZERO, ModelLists.PAUSE, self -> lists.poll());
  }

  /** Polls now and then once every {@link ModelLists#PAUSE}. */
  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    thread.stop();
  }
}

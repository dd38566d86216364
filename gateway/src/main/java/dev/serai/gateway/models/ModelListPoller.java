package dev.serai.gateway.models;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls {@link ModelLists} on a thread of its own. Thread-safe. */
public final class ModelListPoller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelListPoller.class);

  private final ModelLists lists;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("model-lists").factory());

  public ModelListPoller(ModelLists lists) {
    this.lists = lists;
  }

  /** Polls now and then once every {@link ModelLists#PAUSE}. */
  public void start() {
    long pause = ModelLists.PAUSE.toMillis();
    thread.scheduleWithFixedDelay(this::pollSafely, 0, pause, TimeUnit.MILLISECONDS);
  }

  private void pollSafely() {
    try {
      lists.poll();
    } catch (RuntimeException e) { // the top of the thread: the next poll must run
      LOG.error("polling the lists of models failed; trying again at the next poll", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}

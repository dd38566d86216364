package dev.serai.gateway.models;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the lists of models looked at, on one thread of its own. */
public final class ModelListPoller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelListPoller.class);

  private final ModelLists lists;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("model-lists").factory());

  public ModelListPoller(ModelLists lists) {
    this.lists = lists;
  }

  /** Looks now and from now on. */
  public void start() {
    long pause = ModelLists.PAUSE.toMillis();
    thread.scheduleWithFixedDelay(this::lookSafely, 0, pause, TimeUnit.MILLISECONDS);
  }

  private void lookSafely() {
    try {
      lists.look();
    } catch (RuntimeException e) { // the edge of the thread: one bad look must not be the last
      LOG.error("looking at the lists of models failed", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}

package dev.serai.gateway.probes;

import dev.serai.core.background.BackgroundThread;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.time.Ticker;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;

/**
 * Sends health probes: a small request to each of some models, now and then. At most {@link
 * #MAX_AT_ONCE} run at a time, one of each model; one that is due meanwhile is late, and then
 * first. {@link #poll} does all work and is called by one thread.
 */
public final class HealthProbes {
  /** How many run at a time. */
  static final int MAX_AT_ONCE = 4;

  /** Between two polls. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Map<String, Probed> models = new LinkedHashMap<>();
  private final Sender sender;
  private final Pace pace;
  private final Semaphore places = new Semaphore(MAX_AT_ONCE);

  /** Sends a probe. */
  @FunctionalInterface
  public interface Sender {
    /**
     * @param model as provider/model
     * @param ended is called once, on any thread, whatever has become of it
     */
    void send(String model, Runnable ended);
  }

  /**
   * How often models are probed.
   *
   * @param every between two probes of one model, plus or minus a tenth
   * @param random from 0 to 1, the latter excluded
   * @param ticker measures the time between probes
   */
  public record Pace(Duration every, DoubleSupplier random, Ticker ticker) {}

  /** The state of one model. */
  private static final class Probed {
    private final AtomicBoolean running = new AtomicBoolean();
    private long dueNanos;

    Probed(long dueNanos) {
      this.dueNanos = dueNanos;
    }

    boolean isDue(long now) {
      return dueNanos - now <= 0 && !running.get();
    }
  }

  /**
   * Probes for these models. The first of each is sent at some time within the interval.
   *
   * @param names as provider/model
   */
  public HealthProbes(List<String> names, Sender sender, Pace pace) {
    this.sender = sender;
    this.pace = pace;
    long now = pace.ticker().nanos();
    for (String name : new LinkedHashSet<>(names)) {
      models.put(name, new Probed(now + nanos(pace.random().getAsDouble())));
    }
  }

  private long nanos(double share) {
    return (long) (pace.every().toNanos() * share);
  }

  /** Sends the probes that are due, those first that have been due longest. */
  public void poll() {
    long now = pace.ticker().nanos();
    models.entrySet().stream()
        .filter(entry -> entry.getValue().isDue(now))
        .sorted(Comparator.comparingLong(entry -> entry.getValue().dueNanos - now))
        .forEach(entry -> send(entry.getKey(), entry.getValue(), now));
  }

  private void send(String name, Probed model, long now) {
    if (!places.tryAcquire()) {
      return;
    }
    model.dueNanos = now + nanos(0.9 + 0.2 * pace.random().getAsDouble());
    model.running.set(true);
    boolean sent = false;
    try {
      sender.send(name, () -> ended(model));
      sent = true;
    } finally {
      if (!sent) {
        ended(model);
      }
    }
  }

  private void ended(Probed model) {
    if (model.running.compareAndSet(true, false)) {
      places.release();
    }
  }

  /** Makes the thread that polls now and then after each pause. It is not started. */
  public BackgroundThread poller(BackgroundThreads threads) {
    return threads.repeat("health-probes", PAUSE, PAUSE, _ -> poll());
  }
}

package dev.serai.memory.bandits;

import dev.serai.core.background.BackgroundThread;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.bandit.BanditGroups;
import dev.serai.core.bandit.shared.LearnedStore;
import dev.serai.core.problem.cause.FailureText;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what the bandits of a gateway have learned in a store, and shares it with the other
 * gateways that use it: reads at the start, then reads and writes every 30 seconds, and writes at
 * the end. All of that runs on a thread of its own; no call waits for it. While the store is away,
 * the bandits go on with what they know, and what they learn is written later. Thread-safe.
 */
public final class SharedBandits implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SharedBandits.class);
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final Duration STOP = Duration.ofSeconds(5);

  private final BanditExchange exchange;
  private final LearnedStore store;
  private final BackgroundThread thread;
  private volatile boolean failing;

  /**
   * Starts nothing; {@link #start} does.
   *
   * @param store closed at the end
   */
  public SharedBandits(BanditGroups groups, LearnedStore store, BackgroundThreads threads) {
    this.store = store;
    exchange = new BanditExchange(groups, UUID.randomUUID().toString());
    thread = threads.make("bandits", this::run);
  }

  /** Begins to read and to write, in the background. */
  public void start() {
    thread.start();
  }

  /** Whether the last exchange has failed. */
  public boolean isFailing() {
    return failing;
  }

  private void run(BackgroundThread self) {
    while (!self.isStopping()) {
      round();
      if (!self.isStopping()) {
        LockSupport.parkNanos(this, PAUSE.toNanos());
      }
    }
    round();
    store.close();
  }

  private void round() {
    try {
      exchange.run(store);
      if (failing) {
        LOG.info("bandits: what they learn is stored in {} and shared again", store.place());
      }
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        LOG.warn(
            "bandits: what they learn is neither stored nor shared until {} can be used: {}",
            store.place(),
            FailureText.of(e));
      }
      failing = true;
    }
  }

  /** Writes what is not written yet, and waits for that for at most 5 s. */
  @Override
  public void close() {
    thread.stopAndJoin(STOP);
  }
}

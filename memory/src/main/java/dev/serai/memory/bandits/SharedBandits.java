package dev.serai.memory.bandits;

import dev.serai.core.background.BackgroundThread;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.bandit.BanditGroups;
import dev.serai.core.problem.cause.FailureText;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.ThreadConnection;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what the bandits of a gateway have learned in the database, and shares it with the other
 * gateways that use it: reads at the start, then reads and writes every 30 seconds, and writes at
 * the end. All of that runs on a thread of its own; no call waits for it. While the database is
 * away, the bandits go on with what they know, and what they learn is written later. Thread-safe.
 */
public final class SharedBandits implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SharedBandits.class);
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final Duration STOP = Duration.ofSeconds(5);

  private final BanditExchange exchange;
  private final ThreadConnection open;
  private final BackgroundThread thread;

  /** Starts nothing; {@link #start} does. */
  public SharedBandits(BanditGroups groups, Database database, BackgroundThreads threads) {
    exchange = new BanditExchange(groups, UUID.randomUUID().toString());
    open = ThreadConnection.inTransactions(database, "bandits");
    thread = threads.make("bandits", this::run);
  }

  /** Begins to read and to write, in the background. */
  public void start() {
    thread.start();
  }

  private void run(BackgroundThread self) {
    open.repeat(self, PAUSE, this::round);
    round();
    open.close();
  }

  private void round() {
    open.run(
        exchange::run,
        failure ->
            LOG.warn(
                "bandits: what they learn is neither stored nor shared until the database can be"
                    + " used: {}",
                FailureText.of(failure)));
  }

  /** Writes what is not written yet, and waits for that for at most 5 s. */
  @Override
  public void close() {
    thread.stopAndJoin(STOP);
  }
}

package dev.serai.memory.batch;

import dev.serai.core.background.BackgroundThread;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.problem.cause.FailureText;
import dev.serai.core.time.Ticker;
import dev.serai.memory.batch.BatchSource.Progress;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.ThreadConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what its {@link BatchSource} has to the database, on a thread of its own.
 *
 * <p>The thread sleeps until the source has entries, waits some milliseconds so that a batch
 * gathers, writes batches until it has caught up with the source, and sleeps again. It has a
 * connection of its own.
 *
 * <p>{@link #wake} is cheap because event loops call it for every call: it reads one field unless
 * the thread sleeps. The thread sets {@code idle} and then checks the source again; a producer adds
 * to the source and then reads {@code idle}. At least one of them sees the other, so no entry stays
 * unwritten.
 *
 * <p>When the database is unavailable, the source takes its batch back. The thread tries again
 * after a quarter of a second, then after twice that, and so on up to four seconds; a flush makes
 * it try at once. When an entry cannot be written, the batch is halved until the entry is alone;
 * then it is set aside, and the others go on. Anything else that is thrown is a failure of the
 * thread, which is restarted.
 *
 * <p>A flush waits until everything that was added before it is written. A stop writes what is
 * there, unless the database fails. Thread-safe.
 */
public final class BatchWriter {
  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);
  private static final long MIN_BACKOFF = Duration.ofMillis(250).toNanos();
  private static final long MAX_BACKOFF = Duration.ofSeconds(4).toNanos();

  private final Options options;
  private final Database database;
  private final ThreadConnection open;
  private final BatchSource source;
  private final Ticker ticker;
  private final FlushWaiters flushes = new FlushWaiters(() -> !databaseUp());
  private final BackgroundThread thread;
  private final AtomicLong setAside = new AtomicLong();
  private volatile boolean idle;
  private volatile boolean databaseUp = true;
  private volatile long behindSince;
  private int limit;

  /**
   * How a writer works.
   *
   * @param name of the thread, and in log lines
   * @param vital whether the gateway is not ready while the thread fails
   * @param whileDown what happens while the database is unavailable, for the log line
   * @param gather the time to wait for more before a batch is written
   * @param maxSleep the time after which the source is asked again without being woken
   * @param connectAtStart whether to connect before there is anything to write
   * @param maxBatch the maximum number of entries in a batch
   */
  public record Options(
      String name,
      boolean vital,
      String whileDown,
      Duration gather,
      Duration maxSleep,
      boolean connectAtStart,
      int maxBatch) {}

  /** A writer that is not started. */
  public BatchWriter(
      Options options, Database database, BatchSource source, BackgroundThreads threads) {
    this.options = options;
    this.database = database;
    this.open = ThreadConnection.inTransactions(database, options.name());
    this.source = source;
    this.ticker = threads.ticker();
    this.limit = options.maxBatch();
    this.thread =
        options.vital()
            ? threads.makeVital(options.name(), this::run)
            : threads.make(options.name(), this::run);
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  /** Called when something was added to the source. Costs one read while the thread is awake. */
  public void wake() {
    if (idle) {
      idle = false;
      thread.unpark();
    }
  }

  /** Wakes the thread even from the wait after a failure, so that it tries the database now. */
  public void wakeAtOnce() {
    thread.unpark();
  }

  /**
   * Waits until everything added so far is written; false if that takes longer than this, or than a
   * second while the database is down.
   */
  public boolean flush(Duration atMost) {
    return flushes.await(atMost, this::wakeAtOnce);
  }

  /**
   * Stops when everything is written or the database fails, and waits for that. Does nothing if it
   * was not started.
   */
  public void stop(Duration atMost) {
    thread.stopAndJoin(atMost);
    if (thread.isAlive()) {
      LOG.error("{}: stopped before everything was written to the database", options.name());
    }
  }

  /** Whether the last write succeeded. */
  public boolean databaseUp() {
    return databaseUp;
  }

  /** How long the oldest unwritten entry may have been waiting, in nanoseconds; 0 without one. */
  public long lagNanos() {
    long since = behindSince;
    return since == 0 ? 0 : Math.max(0, ticker.nanos() - since);
  }

  /** The number of entries that could not be written and were set aside. */
  public long setAside() {
    return setAside.get();
  }

  private void run(BackgroundThread self) {
    source.takeBack(); // of a run that failed
    loadDriver();
    try {
      writeUntilStopped(self);
    } finally {
      open.close();
    }
    source.close();
  }

  /** Before there is anything to write: later there may be no free file descriptors for it. */
  private void loadDriver() {
    try {
      database.loadDriver();
    } catch (SQLException e) {
      down(e);
    }
  }

  private void writeUntilStopped(BackgroundThread self) {
    behindSince = ticker.nanos();
    long backoff = 0;
    boolean connectNow = options.connectAtStart();
    while (true) {
      if (connectNow || !source.isEmpty()) {
        connectNow = false;
        backoff = writeAll() ? 0 : Math.clamp(backoff * 2, MIN_BACKOFF, MAX_BACKOFF);
      }
      if (self.isStopping() && (source.isEmpty() || backoff > 0)) {
        return;
      }
      rest(backoff);
    }
  }

  /** Waits for the next round: after a failure, for something to write, or for more of it. */
  private void rest(long backoff) {
    if (backoff > 0) {
      park(backoff);
      return;
    }
    if (source.isEmpty()) {
      sleep();
    }
    if (!flushes.isWaiting()) {
      park(options.gather().toNanos());
    }
    // Read before the source is: an entry added in between belongs to a later request.
    long requested = flushes.lastRequest();
    if (source.isEmpty()) {
      flushes.finish(requested);
    }
  }

  private void sleep() {
    behindSince = 0;
    idle = true;
    if (source.isEmpty() && !flushes.isWaiting()) {
      park(options.maxSleep().toNanos());
    }
    idle = false;
    behindSince = ticker.nanos();
  }

  private void park(long nanos) {
    if (!thread.isStopping()) {
      LockSupport.parkNanos(this, nanos);
    }
  }

  /** Writes until it has caught up with the source; false if the database is unavailable. */
  private boolean writeAll() {
    Progress progress = Progress.MORE;
    while (progress == Progress.MORE) {
      try {
        progress = writeBatch();
      } catch (SQLException | RuntimeException e) {
        if (!recover(e)) {
          return false;
        }
      }
    }
    return true;
  }

  private Progress writeBatch() throws SQLException {
    long flush = flushes.lastRequest();
    long began = ticker.nanos();
    Progress progress = source.writeNext(connected(), limit);
    up();
    if (progress == Progress.ALL) {
      behindSince = began;
      flushes.finish(flush);
    }
    limit = (int) Math.min(options.maxBatch(), limit * 2L);
    return progress;
  }

  /** Prepares for the next try; false if that has to wait, because the database is unavailable. */
  private boolean recover(Exception why) {
    open.close();
    int entries = source.open();
    WriteFailure failure = WriteFailure.of(why);
    if (failure == WriteFailure.ENTRY && entries == 1) {
      String entry = source.setAside(why);
      setAside.incrementAndGet();
      LOG.error("{}: {} could not be written: {}", options.name(), entry, FailureText.of(why));
      return true;
    }
    source.takeBack();
    limit = Math.max(1, entries / 2);
    if (failure != WriteFailure.DATABASE && entries > 1) {
      return true;
    }
    if (why instanceof SQLException refused) {
      down(refused);
      return false;
    }
    throw (RuntimeException) why; // not the fault of an entry: the thread has failed
  }

  private Connection connected() throws SQLException {
    boolean wasOpen = open.isOpen();
    Connection connection = open.get();
    if (!wasOpen) {
      source.connected(connection);
    }
    return connection;
  }

  private void up() {
    if (!databaseUp) {
      LOG.info("{}: the database accepts writes again", options.name());
    }
    databaseUp = true;
  }

  private void down(SQLException why) {
    if (databaseUp) {
      LOG.error(
          "{}: the database does not accept writes, {}: {}",
          options.name(),
          options.whileDown(),
          FailureText.of(why));
      LOG.debug("{}: the failure of the database", options.name(), why);
    }
    databaseUp = false;
    flushes.databaseDown();
    source.databaseFailed(why);
  }
}

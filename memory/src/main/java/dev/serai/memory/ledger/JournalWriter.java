package dev.serai.memory.ledger;

import dev.serai.core.time.Ticker;
import dev.serai.core.usage.UsageRecord;
import dev.serai.memory.database.Database;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that brings the journal to the database. It sleeps until somebody appends, gathers for
 * a moment, and writes what has come in one transaction. While the database does not take it, the
 * journal is made safe on the disk and grows, and the database is asked again, at first soon, then
 * every few seconds.
 */
final class JournalWriter implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
  private static final long GATHER = Duration.ofMillis(50).toNanos();
  private static final long FIRST_WAIT = Duration.ofMillis(250).toNanos();
  private static final long LONGEST_WAIT = Duration.ofSeconds(4).toNanos();
  private static final int MOST_AT_ONCE = 2000;

  private final Journal journal;
  private final Database database;
  private final UsagePricing pricing;
  private final Ticker ticker;
  private final FlushWaiters flushes = new FlushWaiters();
  private final Thread thread;
  private final Thread files;
  private volatile boolean idle;
  private volatile boolean stopping;
  private volatile boolean databaseUp = true;
  private volatile long behindSince;
  private volatile long written;
  private @Nullable UsageInserts inserts;
  private volatile boolean journalDown;
  private boolean warned;

  JournalWriter(Journal journal, Database database, UsagePricing pricing, Ticker ticker) {
    this.journal = journal;
    this.database = database;
    this.pricing = pricing;
    this.ticker = ticker;
    this.thread = Thread.ofPlatform().name("ledger").daemon().unstarted(this);
    this.files = Thread.ofVirtual().name("ledger-files").unstarted(this::provideFiles);
    journal.whenSpareTaken(() -> LockSupport.unpark(files));
  }

  void start() {
    thread.start();
  }

  /** Somebody has appended. Costs a look at a field while the keeper is awake. */
  void wake() {
    if (idle) {
      idle = false;
      LockSupport.unpark(thread);
    }
  }

  /** Waits until everything appended so far is in the database, but not longer than that. */
  boolean flush(Duration atMost) {
    return flushes.await(atMost, () -> LockSupport.unpark(thread));
  }

  /** Stops when everything is in the database, or that does not work. */
  void stop(Duration atMost) throws InterruptedException {
    stopping = true;
    LockSupport.unpark(files);
    LockSupport.unpark(thread);
    thread.join(atMost);
  }

  boolean databaseUp() {
    return databaseUp;
  }

  /** Rows brought to the database by this process. */
  long written() {
    return written;
  }

  /** How long the oldest entry has been waiting for the database, in nanoseconds. */
  long lagNanos() {
    long since = behindSince;
    return since == 0 ? 0 : Math.max(0, ticker.nanos() - since);
  }

  @Override
  public void run() {
    long failedWait = 0;
    files.start();
    boolean connectNow = database.isServer();
    while (true) {
      if (connectNow || !journal.drained()) {
        connectNow = false;
        boolean done = round();
        failedWait = done ? 0 : Math.clamp(failedWait * 2, FIRST_WAIT, LONGEST_WAIT);
      }
      if (stopping && (journal.drained() || failedWait > 0)) {
        break;
      }
      rest(failedWait);
    }
    end();
  }

  /** Sleeps: for good if nothing is there, to gather if something is, longer after a failure. */
  private void rest(long failedWait) {
    if (failedWait > 0) {
      park(failedWait);
      return;
    }
    if (journal.drained()) {
      behindSince = 0;
      idle = true;
      if (journal.drained() && !stopping && !flushes.wanted()) {
        LockSupport.park(this);
      }
      idle = false;
      behindSince = ticker.nanos();
    }
    if (!flushes.wanted() && !stopping) {
      park(GATHER);
    }
    if (journal.drained()) {
      flushes.done(flushes.asked());
    }
  }

  private void park(long nanos) {
    if (!stopping) {
      LockSupport.parkNanos(this, nanos);
    }
  }

  /** The other thread: sees to files, and waits until one is needed. */
  private void provideFiles() {
    while (!stopping) {
      boolean provided = provide();
      wake();
      if (provided) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, LONGEST_WAIT);
      }
    }
  }

  private boolean provide() {
    try {
      journal.provide();
      journalDown = false;
      return true;
    } catch (IOException e) {
      if (!journalDown) {
        LOG.error("the ledger's journal cannot be written, usage waits in memory: {}", said(e));
      }
      journalDown = true;
      return false;
    }
  }

  /** Brings everything that is there to the database; false if that does not work. */
  private boolean round() {
    long asked = flushes.asked();
    Journal.Batch batch;
    do {
      journal.shelve();
      batch = journal.read(MOST_AT_ONCE);
      if (!bring(batch)) {
        return false;
      }
    } while (!batch.entries().isEmpty());
    flushes.done(asked);
    return true;
  }

  private boolean bring(Journal.Batch batch) {
    try {
      write(batch.entries());
      journal.done(batch);
      up();
      return true;
    } catch (SQLException e) {
      journal.undo(batch);
      down(e);
    } catch (IOException e) {
      LOG.warn("a file of the ledger's journal cannot be removed: {}", said(e));
      return true;
    }
    journal.force();
    return false;
  }

  private void write(List<byte[]> entries) throws SQLException {
    UsageInserts open = inserts;
    if (open == null) {
      open = connect();
      inserts = open;
    }
    if (entries.isEmpty()) {
      return;
    }
    List<UsageRecord> rows = pricing.rows(entries);
    open.add(rows);
    written += rows.size();
    pricing.stored(rows);
  }

  private UsageInserts connect() throws SQLException {
    Connection connection = database.connect();
    try {
      connection.setAutoCommit(false);
      return new UsageInserts(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private void up() {
    if (!databaseUp) {
      LOG.info("the database takes usage again");
    }
    databaseUp = true;
    warned = false;
  }

  private void down(SQLException why) {
    if (databaseUp) {
      LOG.error("the database takes no usage, which is kept in the journal: {}", said(why));
      LOG.debug("the database's failure", why);
    }
    databaseUp = false;
    if (!warned && journal.bytes() > journal.mostBytes() / 2) {
      warned = true;
      LOG.error("the ledger's journal is half full: when it is full, calls will be refused");
    }
    disconnect();
  }

  private void disconnect() {
    UsageInserts open = inserts;
    inserts = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        LOG.debug("a broken connection", e);
      }
    }
  }

  private void end() {
    disconnect();
    try {
      journal.close();
    } catch (IOException e) {
      LOG.warn("the ledger's journal could not be closed: {}", said(e));
    }
  }

  private static String said(Exception e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}

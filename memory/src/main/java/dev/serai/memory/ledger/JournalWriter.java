package dev.serai.memory.ledger;

import dev.serai.core.time.Ticker;
import dev.serai.core.usage.UsageRecord;
import dev.serai.memory.batch.BatchSource;
import dev.serai.memory.batch.BatchWriter;
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
 * Writes the entries of the journal to the database.
 *
 * <p>Two threads. A {@link BatchWriter} reads entries, prices them and writes their rows in one
 * transaction; while the database is unavailable the journal is forced to disk and grows. The other
 * thread, which never waits for the database, makes the journal's files, so that the journal has a
 * file to grow into even then.
 */
final class JournalWriter implements BatchSource {
  private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
  private static final Duration GATHER = Duration.ofMillis(50);
  private static final Duration MAX_SLEEP = Duration.ofHours(1);
  private static final long FILE_RETRY = Duration.ofSeconds(4).toNanos();
  private static final int MAX_ENTRIES = 2000;

  private final Journal journal;
  private final UsagePricing pricing;
  private final BatchWriter writer;
  private final Thread files;
  private volatile boolean stopping;
  private volatile long written;
  private volatile boolean filesFail;
  private @Nullable UsageInserts inserts;
  private Journal.@Nullable Batch batch;
  private boolean warned;

  JournalWriter(Journal journal, Database database, UsagePricing pricing, Ticker ticker) {
    this.journal = journal;
    this.pricing = pricing;
    this.writer =
        new BatchWriter(
            new BatchWriter.Options(
                "ledger", "usage stays in the journal", GATHER, MAX_SLEEP, database.isServer()),
            database,
            this,
            ticker);
    this.files = Thread.ofVirtual().name("ledger-files").unstarted(this::provideFiles);
    journal.whenSpareTaken(() -> LockSupport.unpark(files));
  }

  void start() {
    files.start();
    writer.start();
  }

  /** Tells that an entry was appended. Costs one read while the writer is awake. */
  void wake() {
    writer.wake();
  }

  /** Waits until everything appended so far is in the database, but not longer than this. */
  boolean flush(Duration atMost) {
    return writer.flush(atMost);
  }

  /** Stops when everything is in the database or the database fails. */
  void stop(Duration atMost) throws InterruptedException {
    stopping = true;
    LockSupport.unpark(files);
    writer.stop(atMost);
  }

  boolean databaseUp() {
    return writer.databaseUp();
  }

  /** Rows that this process has written to the database. */
  long written() {
    return written;
  }

  /** How long the oldest entry has been waiting for the database, in nanoseconds. */
  long lagNanos() {
    return writer.lagNanos();
  }

  @Override
  public boolean isEmpty() {
    return journal.drained();
  }

  @Override
  public void connected(Connection connection) throws SQLException {
    inserts = new UsageInserts(connection);
  }

  @Override
  public boolean writeNext(Connection connection) throws SQLException {
    journal.shelve();
    Journal.Batch next = journal.read(MAX_ENTRIES);
    batch = next;
    insert(next);
    batch = null;
    warned = false;
    try {
      journal.done(next);
    } catch (IOException e) {
      LOG.warn("ledger: a file of the journal cannot be removed: {}", e.toString());
    }
    return !next.entries().isEmpty();
  }

  private void insert(Journal.Batch next) throws SQLException {
    if (inserts != null && !next.entries().isEmpty()) {
      List<UsageRecord> rows = pricing.rows(next.entries());
      inserts.add(rows);
      written += rows.size();
      pricing.stored(rows);
    }
  }

  @Override
  public boolean failed(SQLException why) {
    Journal.Batch unwritten = batch;
    batch = null;
    inserts = null;
    if (unwritten != null) {
      journal.undo(unwritten);
    }
    journal.shelve();
    journal.force();
    warnIfHalfFull();
    return false;
  }

  private void warnIfHalfFull() {
    if (!warned && journal.bytes() > journal.maxBytes() / 2) {
      warned = true;
      LOG.error("ledger: the journal is half full; when it is full, calls are refused");
    }
  }

  @Override
  public void close() {
    try {
      journal.close();
    } catch (IOException e) {
      LOG.warn("ledger: the journal cannot be closed: {}", e.toString());
    }
  }

  /** Runs on a thread of its own: makes files, and waits until another one is needed. */
  private void provideFiles() {
    while (!stopping) {
      boolean provided = provide();
      wake();
      if (provided) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, FILE_RETRY);
      }
    }
  }

  private boolean provide() {
    try {
      journal.provide();
      filesFail = false;
      return true;
    } catch (IOException e) {
      if (!filesFail) {
        LOG.error("ledger: the journal cannot be written, usage waits in memory: {}", e.toString());
      }
      filesFail = true;
      return false;
    }
  }
}

package dev.serai.memory.ledger;

import dev.serai.core.background.BackgroundThread;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.problem.cause.FailureText;
import dev.serai.core.usage.UsageRecord;
import dev.serai.memory.batch.BatchSource;
import dev.serai.memory.batch.BatchWriter;
import dev.serai.memory.database.Database;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
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
 * file to grow into even then. The gateway is not ready while one of them fails.
 */
final class JournalWriter implements BatchSource {
  private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
  private static final Duration GATHER = Duration.ofMillis(50);
  private static final Duration MAX_SLEEP = Duration.ofHours(1);
  private static final Duration FILE_RETRY = Duration.ofSeconds(4);
  private static final int MAX_ENTRIES = 2000;

  private final Journal journal;
  private final UsagePricing pricing;
  private final SetAsideFile setAside;
  private final BatchWriter writer;
  private final BackgroundThread files;
  private final boolean addToSums;
  private final AtomicLong written = new AtomicLong();
  private volatile UsageSink sink = UsageSink.NONE;
  private volatile boolean filesFail;
  private volatile boolean diskIsFull;
  private @Nullable UsageInserts inserts;
  private @Nullable JournalBatch batch;
  private boolean warned;

  JournalWriter(
      Journal journal, Database database, UsagePricing pricing, BackgroundThreads threads) {
    this.journal = journal;
    this.pricing = pricing;
    this.addToSums = !database.isServer();
    this.setAside = new SetAsideFile(journal.root());
    BatchWriter.Options options =
        new BatchWriter.Options(
            "ledger",
            true,
            "usage stays in the journal",
            GATHER,
            MAX_SLEEP,
            database.isServer(),
            MAX_ENTRIES);
    this.writer = new BatchWriter(options, database, this, threads);
    this.files = threads.makeVital("ledger-files", this::provideFiles);
    journal.whenSpareTaken(files::unpark);
  }

  /** Sets what takes part in writing rows, before the start. */
  void report(UsageSink to) {
    sink = to;
  }

  void start() {
    files.start();
    writer.start();
  }

  /** Called when an entry was appended. Costs one read while the writer is awake. */
  void wake() {
    writer.wake();
  }

  /**
   * Waits until everything that was appended so far or left by an earlier process is in the
   * database; false if either takes longer than this.
   */
  boolean flush(Duration atMost) {
    try {
      return journal.awaitFound(atMost) && writer.flush(atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Stops when everything is in the database or the database fails. */
  void stop(Duration atMost) {
    files.stop();
    writer.stop(atMost);
  }

  boolean databaseUp() {
    return writer.databaseUp();
  }

  /** Whether the files of the journal cannot be made, for another reason than a full disk. */
  boolean filesAreBroken() {
    return filesFail && !diskIsFull;
  }

  /** Rows that this process has written to the database. */
  long written() {
    return written.get();
  }

  /** Calls whose rows could not be written and were set aside. */
  long setAside() {
    return writer.setAside();
  }

  /** How long the oldest entry may have been waiting for the database, in nanoseconds. */
  long lagNanos() {
    return writer.lagNanos();
  }

  @Override
  public boolean isEmpty() {
    return journal.drained();
  }

  @Override
  public void connected(Connection connection) throws SQLException {
    inserts = new UsageInserts(connection, addToSums);
  }

  @Override
  public Progress writeNext(Connection connection, int max) throws SQLException {
    journal.shelve();
    JournalBatch next = journal.read(max);
    batch = next;
    List<UsageRecord> rows = pricing.rows(next.entries());
    UsageInserts into = inserts;
    if (into != null && !rows.isEmpty()) {
      sink.store(connection, rows, () -> into.add(rows));
    }
    batch = null;
    warned = false;
    free(next);
    written.addAndGet(rows.size());
    pricing.stored(rows);
    return next.complete() ? Progress.ALL : Progress.MORE;
  }

  private void lost(String requestId) {
    pricing.forget(requestId);
    sink.lost(requestId);
  }

  private void free(JournalBatch done) {
    try {
      journal.done(done);
    } catch (IOException e) {
      LOG.warn("ledger: a file of the journal cannot be removed: {}", FailureText.of(e));
    }
  }

  @Override
  public int open() {
    JournalBatch now = batch;
    return now == null ? 0 : now.entries().size();
  }

  @Override
  public void takeBack() {
    JournalBatch unwritten = batch;
    batch = null;
    inserts = null;
    if (unwritten != null) {
      journal.undo(unwritten);
    }
  }

  @Override
  public String setAside(Exception why) {
    JournalBatch unwritten = batch;
    batch = null;
    inserts = null;
    if (unwritten == null) {
      return "nothing";
    }
    byte[] entry = unwritten.entries().getFirst();
    String named = setAside.add(entry, why);
    EntryReader.requestId(entry).ifPresent(this::lost);
    free(unwritten);
    return named;
  }

  @Override
  public void databaseFailed(SQLException why) {
    inserts = null;
    journal.shelve();
    journal.force();
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
      LOG.warn("ledger: the journal cannot be closed: {}", FailureText.of(e));
    }
  }

  /** Runs on a thread of its own: makes files, and waits until another one is needed. */
  private void provideFiles(BackgroundThread self) {
    while (!self.isStopping()) {
      boolean provided = provide();
      wake();
      if (!self.isStopping()) {
        LockSupport.parkNanos(this, (provided ? MAX_SLEEP : FILE_RETRY).toNanos());
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
        LOG.error(
            "ledger: the journal in {} cannot be written and usage waits in memory; when that has"
                + " no more room, calls are refused. This is tried again every {} s: {}",
            journal.root(),
            FILE_RETRY.toSeconds(),
            FailureText.of(e));
      }
      diskIsFull = FullDisk.caused(e);
      filesFail = true;
      return false;
    }
  }
}

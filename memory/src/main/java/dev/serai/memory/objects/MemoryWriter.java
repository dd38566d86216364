package dev.serai.memory.objects;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.memory.MemoryChange;
import dev.serai.core.memory.MemoryEntry;
import dev.serai.core.memory.MemoryOutcome;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.memory.batch.GroupCommit;
import dev.serai.memory.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the changes of memory objects. It writes the times of their last reads with them, or when
 * there are many of these. Thread-safe.
 */
final class MemoryWriter implements GroupCommit.Transactions<MemoryTransaction> {
  private static final long MAX_WAITING_BYTES = 64L * 1024 * 1024;
  private static final long OVERHEAD = 1024;

  private final MemoryTransaction.Options transactions;
  private final RecentReads reads = new RecentReads();
  private final StoreTime time;
  private final GroupCommit<MemoryTransaction> changes;
  private volatile StoredSize size = StoredSize.NONE;

  MemoryWriter(Database database, long quotaBytes, StoreTime time, BackgroundThreads threads) {
    this.transactions = new MemoryTransaction.Options(quotaBytes, reads);
    this.time = time;
    GroupCommit.Options options =
        new GroupCommit.Options(
            "memory", "memory objects", "changes are refused", MAX_WAITING_BYTES);
    this.changes = new GroupCommit<>(options, database, this, threads);
  }

  void start() {
    changes.start();
  }

  void stop(Duration atMost) {
    changes.stop(atMost);
  }

  /** An object was read. */
  void noteRead(String tenant, MemoryEntry read) {
    reads.note(tenant, read, time.millis());
    if (reads.areMany()) {
      changes.wake();
    }
  }

  /** What all tenants have stored; of changes of other gateways up to the last sweep. */
  StoredSize size() {
    return size;
  }

  /**
   * Makes changes and waits until they are stored.
   *
   * @throws CapacityProblem if they are not stored, or not known to be
   */
  List<MemoryOutcome> change(String tenant, List<MemoryChange> wanted) {
    return changes.run(
        bytes(wanted),
        transaction -> {
          List<MemoryOutcome> outcomes = new ArrayList<>(wanted.size());
          for (MemoryChange change : wanted) {
            outcomes.add(transaction.apply(tenant, change));
          }
          return outcomes;
        });
  }

  private static long bytes(List<MemoryChange> changes) {
    long bytes = 0;
    for (MemoryChange change : changes) {
      bytes += OVERHEAD + (change instanceof MemoryChange.Put put ? put.bytes() : 0);
    }
    return bytes;
  }

  @Override
  public boolean isDue() {
    return reads.areMany();
  }

  @Override
  public Optional<MemoryTransaction> begin(Connection connection, boolean changes)
      throws SQLException {
    Instant now = time.ask(connection);
    if (!changes && reads.isEmpty() && !MemoryTransaction.hasOld(connection, now)) {
      size = StoredSize.read(connection);
      return Optional.empty();
    }
    return Optional.of(MemoryTransaction.begin(connection, transactions, now));
  }

  @Override
  public boolean sweep(MemoryTransaction transaction) throws SQLException {
    transaction.writeReads();
    return transaction.sweep();
  }

  @Override
  public void commit(MemoryTransaction transaction, boolean sweep) throws SQLException {
    if (reads.areMany()) {
      transaction.writeReads();
    }
    size = transaction.commit(size, sweep);
  }
}

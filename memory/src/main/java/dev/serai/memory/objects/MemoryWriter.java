package dev.serai.memory.objects;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.memory.MemoryChange;
import dev.serai.core.memory.MemoryEntry;
import dev.serai.core.memory.MemoryOutcome;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.time.Ticker;
import dev.serai.memory.batch.BatchSource;
import dev.serai.memory.batch.BatchWriter;
import dev.serai.memory.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes the changes of memory objects, in the order of their requests. Those that wait while a
 * transaction is committed share the next one, so that many callers share one write to the disk.
 * What waits is bounded in bytes; more is refused. A request whose changes cannot be made while the
 * database is unavailable fails at once. Thread-safe.
 */
final class MemoryWriter implements BatchSource {
  private static final long MAX_WAITING_BYTES = 64L * 1024 * 1024;
  private static final long OVERHEAD = 1024;
  private static final int MAX_BATCH = 256;
  private static final Duration SWEEP = Duration.ofSeconds(30);
  private static final Duration MAX_WAIT = Duration.ofSeconds(15);

  private final MemoryTransaction.Options transactions;
  private final RecentReads reads = new RecentReads();
  private final StoreTime time;
  private final Ticker ticker;
  private final BatchWriter writer;
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private volatile long sweptNanos;
  private volatile StoredSize size = StoredSize.NONE;
  private List<Waiting> batch = List.of();

  /** The changes of a request, and who waits for them. */
  private record Waiting(
      String tenant,
      List<MemoryChange> changes,
      long bytes,
      CompletableFuture<List<MemoryOutcome>> outcomes) {}

  MemoryWriter(Database database, long quotaBytes, StoreTime time, BackgroundThreads threads) {
    this.transactions = new MemoryTransaction.Options(quotaBytes, reads);
    this.time = time;
    this.ticker = threads.ticker();
    this.sweptNanos = ticker.nanos() - SWEEP.toNanos() - 1; // at once
    BatchWriter.Options options =
        new BatchWriter.Options(
            "memory", false, "changes are refused", Duration.ZERO, SWEEP, false, MAX_BATCH);
    this.writer = new BatchWriter(options, database, this, threads);
  }

  void start() {
    writer.start();
  }

  void stop(Duration atMost) {
    writer.stop(atMost);
  }

  /** An object was read. */
  void noteRead(String tenant, MemoryEntry read) {
    reads.note(tenant, read, time.millis());
    if (reads.areMany()) {
      writer.wake();
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
  List<MemoryOutcome> change(String tenant, List<MemoryChange> changes) {
    Waiting request = new Waiting(tenant, changes, bytes(changes), new CompletableFuture<>());
    if (waitingBytes.addAndGet(request.bytes) > MAX_WAITING_BYTES) {
      waitingBytes.addAndGet(-request.bytes);
      throw new CapacityProblem(
          "backpressure",
          "Too many changes of memory objects are waiting. Retry later.",
          Duration.ofSeconds(1));
    }
    waiting.add(request);
    writer.wakeAtOnce();
    try {
      return request.outcomes.get(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      request.outcomes.cancel(false); // so that it is not made later
      throw unavailable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      request.outcomes.cancel(false);
      throw unavailable();
    }
  }

  private static CapacityProblem unavailable() {
    return new CapacityProblem(
        "memory_unavailable",
        "The change cannot be stored now, because the database is unavailable.",
        Duration.ofSeconds(5));
  }

  private static long bytes(List<MemoryChange> changes) {
    long bytes = 0;
    for (MemoryChange change : changes) {
      bytes += OVERHEAD + (change instanceof MemoryChange.Put put ? put.bytes() : 0);
    }
    return bytes;
  }

  @Override
  public boolean isEmpty() {
    return waiting.isEmpty() && !reads.areMany() && !isSweepDue();
  }

  private boolean isSweepDue() {
    return ticker.nanos() - sweptNanos > SWEEP.toNanos();
  }

  @Override
  public void connected(Connection connection) {
    // The statements are prepared one by one.
  }

  @Override
  public Progress writeNext(Connection connection, int max) throws SQLException {
    batch = waiting.stream().limit(max).toList();
    boolean sweep = isSweepDue();
    boolean many = reads.areMany();
    if (batch.isEmpty() && !sweep && !many) {
      return Progress.ALL;
    }
    Instant now = time.ask(connection);
    if (batch.isEmpty() && reads.isEmpty() && !MemoryTransaction.hasOld(connection, now)) {
      size = StoredSize.read(connection);
      connection.rollback();
      sweptNanos = ticker.nanos();
      return Progress.ALL;
    }
    MemoryTransaction transaction = MemoryTransaction.begin(connection, transactions, now);
    List<List<MemoryOutcome>> outcomes = new ArrayList<>(batch.size());
    for (Waiting request : batch) {
      outcomes.add(apply(transaction, request));
    }
    if (sweep || many) {
      transaction.writeReads();
    }
    boolean swept = sweep && !transaction.sweep();
    transaction.finish();
    StoredSize stored = sweep ? StoredSize.read(connection) : size.plus(transaction.added());
    connection.commit();
    size = stored;
    transaction.committed();
    Progress progress = batch.size() < max && (swept || !sweep) ? Progress.ALL : Progress.MORE;
    finish(outcomes);
    if (swept) {
      sweptNanos = ticker.nanos();
    }
    return progress;
  }

  private static List<MemoryOutcome> apply(MemoryTransaction transaction, Waiting request)
      throws SQLException {
    List<MemoryOutcome> outcomes = new ArrayList<>(request.changes.size());
    if (!request.outcomes.isDone()) { // else its client has received an error
      for (MemoryChange change : request.changes) {
        outcomes.add(transaction.apply(request.tenant, change));
      }
    }
    return outcomes;
  }

  private void finish(List<List<MemoryOutcome>> outcomes) {
    for (int i = 0; i < outcomes.size(); i++) {
      Waiting request = waiting.remove();
      waitingBytes.addAndGet(-request.bytes);
      request.outcomes.complete(outcomes.get(i));
    }
    batch = List.of();
  }

  @Override
  public int open() {
    return batch.size();
  }

  @Override
  public void takeBack() {
    batch = List.of();
  }

  @Override
  public String setAside(Exception why) {
    batch = List.of();
    Waiting request = waiting.remove();
    waitingBytes.addAndGet(-request.bytes);
    request.outcomes.completeExceptionally(why);
    return "a change of memory objects, whose client received 503,";
  }

  @Override
  public void databaseFailed(SQLException why) {
    for (Waiting request = waiting.poll(); request != null; request = waiting.poll()) {
      waitingBytes.addAndGet(-request.bytes);
      request.outcomes.completeExceptionally(why);
    }
  }

  @Override
  public void close() {
    databaseFailed(new SQLException("the gateway has stopped"));
  }
}

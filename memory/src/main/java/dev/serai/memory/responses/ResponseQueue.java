package dev.serai.memory.responses;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.responses.StoredResponse;
import dev.serai.core.time.Ticker;
import dev.serai.memory.batch.BatchSource;
import dev.serai.memory.batch.BatchWriter;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.StoredText;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The responses that wait to be stored in the database or deleted from it, in the order of the
 * requests. Bounded in bytes: a response that does not fit stays in memory only.
 *
 * <p>A response that the database refuses stays in memory only, too. Thread-safe.
 */
final class ResponseQueue implements BatchSource {
  private static final Logger LOG = LoggerFactory.getLogger(ResponseQueue.class);
  private static final long MAX_WAITING_BYTES = 32L * 1024 * 1024;
  private static final int MAX_BATCH = 64;
  private static final Duration GATHER = Duration.ofMillis(20);
  private static final Duration SWEEP = Duration.ofMinutes(10);
  private static final int SWEEP_AFTER = 1000;

  private final ResponseStoreLimits limits;
  private final InstantSource clock;
  private final Ticker ticker;
  private final BatchWriter writer;
  private final Queue<Change> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicBoolean overflowReported = new AtomicBoolean();
  private final AtomicLong lost = new AtomicLong();
  private volatile long sweptNanos;
  private int addedSinceSweep = SWEEP_AFTER;
  private List<Change> batch = List.of();

  /** A change that waits. */
  private sealed interface Change {
    record Add(String tenant, StoredResponse response, long storedMillis) implements Change {
      long size() {
        return (long) response.request().length + response.response().length;
      }

      boolean is(String otherTenant, String id) {
        return tenant.equals(otherTenant) && response.id().equals(id);
      }
    }

    record Delete(String tenant, String id, CompletableFuture<Boolean> found) implements Change {
      boolean fail(Exception why) {
        found.completeExceptionally(why);
        return true;
      }

      boolean is(String otherTenant, String otherId) {
        return tenant.equals(otherTenant) && id.equals(otherId);
      }
    }
  }

  ResponseQueue(
      Database database,
      ResponseStoreLimits limits,
      InstantSource clock,
      BackgroundThreads threads) {
    this.limits = limits;
    this.clock = clock;
    this.ticker = threads.ticker();
    this.sweptNanos = ticker.nanos();
    BatchWriter.Options options =
        new BatchWriter.Options(
            "responses", false, "responses wait in memory", GATHER, SWEEP, false, MAX_BATCH);
    this.writer = new BatchWriter(options, database, this, threads);
  }

  void start() {
    writer.start();
  }

  /** Writes what waits to the database, but takes no longer than this. */
  void stop(Duration atMost) {
    writer.stop(atMost);
  }

  /** Adds a response; never blocks. */
  void add(String tenant, StoredResponse response) {
    Change.Add change = new Change.Add(tenant, response, clock.millis());
    long all = waitingBytes.addAndGet(change.size());
    if (all > MAX_WAITING_BYTES && all > change.size()) { // a large one may wait alone
      waitingBytes.addAndGet(-change.size());
      lost.incrementAndGet();
      if (overflowReported.compareAndSet(false, true)) {
        LOG.error(
            "responses: the queue is full; {} and later ones stay in memory only", response.id());
      }
      return;
    }
    waiting.add(change);
    writer.wake();
  }

  /** A response that waits to be stored: one that is too large for memory is found nowhere else. */
  Optional<StoredResponse> find(String tenant, String id) {
    StoredResponse found = null;
    for (Change change : waiting) {
      if (change instanceof Change.Add add && add.is(tenant, id)) {
        found = add.response;
      } else if (change instanceof Change.Delete delete && delete.is(tenant, id)) {
        found = null;
      }
    }
    return Optional.ofNullable(found);
  }

  /** Deletes a response. The future says whether it existed, or fails if the database does. */
  CompletableFuture<Boolean> delete(String tenant, String id) {
    Change.Delete change = new Change.Delete(tenant, id, new CompletableFuture<>());
    waiting.add(change);
    writer.wakeAtOnce();
    return change.found;
  }

  @Override
  public boolean isEmpty() {
    return waiting.isEmpty() && ticker.nanos() - sweptNanos <= SWEEP.toNanos();
  }

  @Override
  public void connected(Connection connection) {
    // The statements are prepared one by one.
  }

  /** Responses that are in memory only, because the queue was full or the database refused them. */
  long lost() {
    return lost.get() + writer.setAside();
  }

  /** Writes a batch, and removes old responses if that is due, in one transaction. */
  @Override
  public Progress writeNext(Connection connection, int max) throws SQLException {
    batch = waiting.stream().limit(max).toList();
    boolean sweep = ticker.nanos() - sweptNanos > SWEEP.toNanos() || addedSinceSweep >= SWEEP_AFTER;
    if (batch.isEmpty() && !sweep) {
      return Progress.ALL;
    }
    List<Runnable> afterCommit = new ArrayList<>();
    for (Change change : batch) {
      afterCommit.add(perform(connection, change));
    }
    if (sweep) {
      ResponseTable.sweep(connection, clock.millis(), limits.databaseBytes());
    }
    connection.commit();
    Progress progress = batch.size() < max ? Progress.ALL : Progress.MORE;
    batch.forEach(done -> waiting.remove());
    batch = List.of();
    afterCommit.forEach(Runnable::run);
    overflowReported.set(false);
    if (sweep) {
      sweptNanos = ticker.nanos();
      addedSinceSweep = 0;
    }
    return progress;
  }

  /** Performs a change within the transaction, and returns what to do after the commit. */
  private Runnable perform(Connection connection, Change change) throws SQLException {
    return switch (change) {
      case Change.Add add -> add(connection, add);
      case Change.Delete delete -> {
        boolean wanted = !delete.found.isDone();
        boolean found = wanted && ResponseTable.forget(connection, delete.tenant, delete.id);
        yield () -> delete.found.complete(found);
      }
    };
  }

  private Runnable add(Connection connection, Change.Add add) throws SQLException {
    long until = add.storedMillis + limits.retention().toMillis();
    ResponseTable.Times times = new ResponseTable.Times(add.storedMillis, until);
    ResponseTable.add(connection, add.tenant, add.response, times);
    return () -> {
      addedSinceSweep++;
      waitingBytes.addAndGet(-add.size());
    };
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
    return switch (waiting.remove()) {
      case Change.Add add -> {
        waitingBytes.addAndGet(-add.size());
        yield "the response " + StoredText.clean(add.response.id()) + ", which is in memory only,";
      }
      case Change.Delete delete -> {
        delete.fail(why);
        yield "the removal of the response " + StoredText.clean(delete.id);
      }
    };
  }

  @Override
  public void databaseFailed(SQLException why) {
    waiting.removeIf(change -> change instanceof Change.Delete delete && delete.fail(why));
  }

  @Override
  public void close() {
    if (!waiting.isEmpty()) {
      LOG.error("responses: {} are not in the database and end with the process", waiting.size());
    }
  }
}

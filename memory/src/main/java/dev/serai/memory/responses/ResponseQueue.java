package dev.serai.memory.responses;

import dev.serai.core.responses.StoredResponse;
import dev.serai.core.time.Ticker;
import dev.serai.memory.batch.BatchSource;
import dev.serai.memory.batch.BatchWriter;
import dev.serai.memory.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
 * <p>A batch that the database refuses or that collides with another gateway is written again one
 * by one; a response that the database refuses alone is dropped. Thread-safe.
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
  private final Ticker ticker = Ticker.SYSTEM;
  private final BatchWriter writer;
  private final Queue<Work> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicBoolean overflowReported = new AtomicBoolean();
  private volatile long sweptNanos = ticker.nanos();
  private int addedSinceSweep = SWEEP_AFTER;
  private int batchSize = MAX_BATCH;

  /** A change that waits. */
  private sealed interface Work {
    record Add(String tenant, StoredResponse response, long storedMillis) implements Work {
      long size() {
        return (long) response.request().length + response.response().length;
      }
    }

    record Delete(String tenant, String id, CompletableFuture<Boolean> found) implements Work {
      boolean fail(SQLException why) {
        found.completeExceptionally(why);
        return true;
      }
    }
  }

  ResponseQueue(Database database, ResponseStoreLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
    this.writer =
        new BatchWriter(
            new BatchWriter.Options("responses", "responses wait in memory", GATHER, SWEEP, false),
            database,
            this,
            ticker);
  }

  void start() {
    writer.start();
  }

  /** Writes what waits to the database, but takes no longer than this. */
  void stop(Duration atMost) throws InterruptedException {
    writer.stop(atMost);
  }

  /** Adds a response; never blocks. */
  void add(String tenant, StoredResponse response) {
    Work.Add work = new Work.Add(tenant, response, clock.millis());
    if (waitingBytes.addAndGet(work.size()) > MAX_WAITING_BYTES) {
      waitingBytes.addAndGet(-work.size());
      if (overflowReported.compareAndSet(false, true)) {
        LOG.error(
            "responses: the queue is full; {} and later ones stay in memory only", response.id());
      }
      return;
    }
    waiting.add(work);
    writer.wake();
  }

  /** Deletes a response. The future says whether it existed, or fails if the database does. */
  CompletableFuture<Boolean> delete(String tenant, String id) {
    Work.Delete work = new Work.Delete(tenant, id, new CompletableFuture<>());
    waiting.add(work);
    writer.wakeAtOnce();
    return work.found;
  }

  @Override
  public boolean isEmpty() {
    return waiting.isEmpty() && ticker.nanos() - sweptNanos <= SWEEP.toNanos();
  }

  @Override
  public void connected(Connection connection) {
    // The statements are prepared one by one.
  }

  /** Writes a batch, and removes old responses if that is due, in one transaction. */
  @Override
  public boolean writeNext(Connection connection) throws SQLException {
    List<Work> batch = waiting.stream().limit(batchSize).toList();
    boolean sweep = ticker.nanos() - sweptNanos > SWEEP.toNanos() || addedSinceSweep >= SWEEP_AFTER;
    if (batch.isEmpty() && !sweep) {
      return false;
    }
    List<Runnable> afterCommit = new ArrayList<>();
    for (Work work : batch) {
      afterCommit.add(perform(connection, work));
    }
    if (sweep) {
      ResponseTable.sweep(connection, clock.millis(), limits.databaseBytes());
    }
    connection.commit();
    batch.forEach(done -> waiting.remove());
    afterCommit.forEach(Runnable::run);
    batchSize = MAX_BATCH;
    overflowReported.set(false);
    if (sweep) {
      sweptNanos = ticker.nanos();
      addedSinceSweep = 0;
    }
    return true;
  }

  /** Performs a change within the transaction, and returns what to do after the commit. */
  private Runnable perform(Connection connection, Work work) throws SQLException {
    return switch (work) {
      case Work.Add add -> add(connection, add);
      case Work.Delete delete -> {
        boolean wanted = !delete.found.isDone();
        boolean found = wanted && ResponseTable.forget(connection, delete.tenant, delete.id);
        yield () -> delete.found.complete(found);
      }
    };
  }

  private Runnable add(Connection connection, Work.Add add) throws SQLException {
    long until = add.storedMillis + limits.retention().toMillis();
    ResponseTable.Times times = new ResponseTable.Times(add.storedMillis, until);
    ResponseTable.add(connection, add.tenant, add.response, times);
    return () -> {
      addedSinceSweep++;
      waitingBytes.addAndGet(-add.size());
    };
  }

  @Override
  public boolean failed(SQLException why) {
    String state = why.getSQLState();
    boolean refused = state != null && (state.startsWith("22") || state.startsWith("23"));
    boolean collided = state != null && state.startsWith("40"); // with another gateway
    if (refused && batchSize == 1 && !waiting.isEmpty()) {
      LOG.error("responses: the database refuses one, which stays in memory only: {}", state);
      drop(waiting.remove(), why);
      return true;
    }
    boolean oneByOne = batchSize > 1 && (refused || collided);
    batchSize = 1;
    if (!oneByOne) {
      waiting.removeIf(work -> work instanceof Work.Delete delete && delete.fail(why));
    }
    return oneByOne;
  }

  private void drop(Work work, SQLException why) {
    switch (work) {
      case Work.Add add -> waitingBytes.addAndGet(-add.size());
      case Work.Delete delete -> delete.fail(why);
    }
  }

  @Override
  public void close() {
    // What is still waiting is lost with the process.
  }
}

package dev.serai.memory.sessions;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.time.Ticker;
import dev.serai.memory.batch.BatchSource;
import dev.serai.memory.batch.BatchWriter;
import dev.serai.memory.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Makes the changes of sessions, in the order of their requests. Those that wait while a
 * transaction is committed share the next one. What waits is bounded in bytes; more is refused. A
 * request whose change cannot be made while the database is unavailable fails at once. Thread-safe.
 */
final class SessionWriter implements BatchSource {
  private static final long MAX_WAITING_BYTES = 64L * 1024 * 1024;
  private static final long OVERHEAD = 1024;
  private static final int MAX_BATCH = 256;
  private static final Duration SWEEP = Duration.ofSeconds(30);
  private static final Duration MAX_WAIT = Duration.ofSeconds(15);

  private final SessionLimits limits;
  private final InstantSource clock;
  private final Ticker ticker;
  private final Supplier<String> ids;
  private final BatchWriter writer;
  private final Queue<Waiting<?>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private volatile long sweptNanos;
  private List<Waiting<?>> batch = List.of();

  /** A change within a transaction. */
  interface Change<T> {
    /**
     * Makes the change, or throws a {@link GatewayProblem} before it has written anything.
     *
     * @throws SQLException if the database fails
     */
    T apply(SessionTransaction transaction) throws SQLException;
  }

  /** A change, and who waits for it. */
  private record Waiting<T>(Change<T> change, long bytes, CompletableFuture<T> done) {
    /** Makes the change, and returns what to do after the commit. */
    Runnable apply(SessionTransaction transaction) throws SQLException {
      if (done.isDone()) { // its client has received an error
        return () -> {};
      }
      try {
        T made = change.apply(transaction);
        return () -> done.complete(made);
      } catch (GatewayProblem refused) {
        return () -> done.completeExceptionally(refused);
      }
    }
  }

  SessionWriter(
      Database database,
      SessionLimits limits,
      Supplier<String> ids,
      InstantSource clock,
      BackgroundThreads threads) {
    this.limits = limits;
    this.ids = ids;
    this.clock = clock;
    this.ticker = threads.ticker();
    this.sweptNanos = ticker.nanos();
    BatchWriter.Options options =
        new BatchWriter.Options(
            "sessions", false, "changes are refused", Duration.ZERO, SWEEP, false, MAX_BATCH);
    this.writer = new BatchWriter(options, database, this, threads);
  }

  void start() {
    writer.start();
  }

  void stop(Duration atMost) {
    writer.stop(atMost);
  }

  /**
   * Makes a change and waits until it is stored.
   *
   * @param bytes about what it takes while it waits
   * @throws GatewayProblem the one that the change throws, or 503 if it is not stored, or not known
   *     to be
   */
  <T> T run(long bytes, Change<T> change) {
    Waiting<T> request = new Waiting<>(change, bytes + OVERHEAD, new CompletableFuture<>());
    if (waitingBytes.addAndGet(request.bytes) > MAX_WAITING_BYTES) {
      waitingBytes.addAndGet(-request.bytes);
      throw new CapacityProblem(
          "backpressure",
          "Too many changes of sessions are waiting. Retry later.",
          Duration.ofSeconds(1));
    }
    waiting.add(request);
    writer.wakeAtOnce();
    try {
      return request.done.get(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GatewayProblem problem) {
        throw problem;
      }
      throw unavailable();
    } catch (TimeoutException e) {
      request.done.cancel(false); // so that it is not made later
      throw unavailable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      request.done.cancel(false);
      throw unavailable();
    }
  }

  private static CapacityProblem unavailable() {
    return new CapacityProblem(
        "sessions_unavailable",
        "The change cannot be stored now, because the database is unavailable.",
        Duration.ofSeconds(5));
  }

  @Override
  public boolean isEmpty() {
    return waiting.isEmpty() && !isSweepDue();
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
    if (batch.isEmpty() && !sweep) {
      return Progress.ALL;
    }
    Instant now = Instant.ofEpochMilli(clock.millis());
    if (batch.isEmpty() && !SessionTransaction.hasOld(connection, limits, now)) {
      connection.rollback();
      sweptNanos = ticker.nanos();
      return Progress.ALL;
    }
    SessionTransaction transaction = SessionTransaction.begin(connection, limits, now, ids);
    List<Runnable> afterCommit = new ArrayList<>(batch.size());
    for (Waiting<?> request : batch) {
      afterCommit.add(request.apply(transaction));
    }
    boolean swept = sweep && !transaction.sweep();
    transaction.finish();
    connection.commit();
    Progress progress = batch.size() < max && (swept || !sweep) ? Progress.ALL : Progress.MORE;
    batch.forEach(done -> waitingBytes.addAndGet(-waiting.remove().bytes));
    batch = List.of();
    afterCommit.forEach(Runnable::run);
    if (swept) {
      sweptNanos = ticker.nanos();
    }
    return progress;
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
    Waiting<?> request = waiting.remove();
    waitingBytes.addAndGet(-request.bytes);
    request.done.completeExceptionally(why);
    return "a change of a session, whose client received 503,";
  }

  @Override
  public void databaseFailed(SQLException why) {
    for (Waiting<?> request = waiting.poll(); request != null; request = waiting.poll()) {
      waitingBytes.addAndGet(-request.bytes);
      request.done.completeExceptionally(why);
    }
  }

  @Override
  public void close() {
    databaseFailed(new SQLException("the gateway has stopped"));
  }
}

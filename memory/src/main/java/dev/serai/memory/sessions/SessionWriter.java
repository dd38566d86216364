package dev.serai.memory.sessions;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.session.SessionStore.Key;
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
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the changes of sessions, in the order of their requests. Those that wait while a
 * transaction is committed share the next one. What waits is bounded in bytes; more is refused. A
 * request whose change cannot be made while the database is unavailable fails at once; a turn, for
 * which no client waits, is stored later. Thread-safe.
 */
final class SessionWriter implements BatchSource {
  private static final Logger LOG = LoggerFactory.getLogger(SessionWriter.class);
  private static final long OVERHEAD = 1024;
  private static final int MAX_BATCH = 256;
  private static final Duration SWEEP = Duration.ofSeconds(30);
  private static final Duration MAX_WAIT = Duration.ofSeconds(15);

  private final SessionLimits limits;
  private final InstantSource clock;
  private final Ticker ticker;
  private final BatchWriter writer;
  private final Queue<Waiting<?>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
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

  /**
   * A change, and who waits for it.
   *
   * @param turn the session whose turn it stores; such a change waits for the database
   */
  private record Waiting<T>(
      Change<T> change, long bytes, Optional<Key> turn, CompletableFuture<T> done) {
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
      InstantSource clock,
      BackgroundThreads threads) {
    this.limits = limits;
    this.clock = clock;
    this.ticker = threads.ticker();
    this.sweptNanos = ticker.nanos();
    BatchWriter.Options options =
        new BatchWriter.Options(
            "sessions",
            false,
            "changes are refused and turns wait",
            Duration.ZERO,
            SWEEP,
            false,
            MAX_BATCH);
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
    Waiting<T> request =
        new Waiting<>(change, bytes + OVERHEAD, Optional.empty(), new CompletableFuture<>());
    if (!offer(request)) {
      throw new CapacityProblem(
          "backpressure",
          "Too many changes of sessions are waiting. Retry later.",
          Duration.ofSeconds(1));
    }
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

  private boolean offer(Waiting<?> request) {
    if (waitingBytes.addAndGet(request.bytes) > limits.maxWaitingBytes()) {
      waitingBytes.addAndGet(-request.bytes);
      return false;
    }
    waiting.add(request);
    return true;
  }

  /**
   * Stores a turn later, also if the database is unavailable for a while. Does not block.
   *
   * @return false if too much waits
   */
  <T> boolean later(Key session, long bytes, Change<T> change) {
    CompletableFuture<T> done = new CompletableFuture<>();
    done.whenComplete((_, problem) -> ended(session, Optional.ofNullable(problem)));
    if (!offer(new Waiting<>(change, bytes + OVERHEAD, Optional.of(session), done))) {
      lost.incrementAndGet();
      return false;
    }
    writer.wake();
    return true;
  }

  private void ended(Key session, Optional<Throwable> problem) {
    if (problem.isPresent()) {
      lost.incrementAndGet();
      LOG.warn(
          "sessions: a turn of {} is not stored: {}", session.id(), problem.get().getMessage());
    }
  }

  /**
   * Waits until the turns of a session are stored that were there before.
   *
   * @throws CapacityProblem if they cannot be stored now
   */
  void await(Key session) {
    if (waiting.stream().anyMatch(request -> request.turn.filter(session::equals).isPresent())) {
      run(0, _ -> Boolean.TRUE);
    }
  }

  /** Turns that were not stored. */
  long lost() {
    return lost.get();
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
    SessionTransaction transaction = SessionTransaction.begin(connection, limits, now);
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
    return request
        .turn
        .map(session -> "a turn of the session " + session.id() + ", which is lost,")
        .orElse("a change of a session, whose client received 503,");
  }

  @Override
  public void databaseFailed(SQLException why) {
    waiting.removeIf(request -> request.turn.isEmpty() && fail(request, why));
  }

  private boolean fail(Waiting<?> request, Exception why) {
    waitingBytes.addAndGet(-request.bytes);
    request.done.completeExceptionally(why);
    return true;
  }

  @Override
  public void close() {
    SQLException why = new SQLException("the gateway has stopped");
    waiting.removeIf(request -> fail(request, why));
  }
}

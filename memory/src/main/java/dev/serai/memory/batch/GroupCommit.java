package dev.serai.memory.batch;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.cause.FailureText;
import dev.serai.core.time.Ticker;
import dev.serai.memory.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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
 * Makes the changes of a store, in the order of their requests. Those that wait while a transaction
 * is committed share the next one, so that many clients share one write to the disk. Every half
 * minute it removes what is old, too, in transactions of their own: what is old and cannot be
 * removed fails no change.
 *
 * <p>What waits is bounded in bytes; more is refused. A change for which a client waits fails at
 * once while the database is unavailable; one that is made {@link #later} waits for the database.
 * After the stop both fail at once. Thread-safe.
 *
 * @param <X> a transaction of the store
 */
public final class GroupCommit<X> implements BatchSource {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final Duration SWEEP = Duration.ofSeconds(30);
  private static final long OVERHEAD = 1024;
  private static final int MAX_BATCH = 256;
  private static final Duration MAX_WAIT = Duration.ofSeconds(15);

  private final Options options;
  private final Transactions<X> transactions;
  private final Ticker ticker;
  private final BatchWriter writer;
  private final Queue<Waiting<X, ?>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private volatile long sweptNanos;
  private volatile boolean closed;
  private List<Waiting<X, ?>> batch = List.of();

  /**
   * What is changed, and how much of it may wait.
   *
   * @param name of the thread, in log lines and in the codes of problems, for example "sessions"
   * @param changed names what is changed in a message, for example "memory objects"
   * @param whileDown what happens while the database is unavailable, for the log line
   * @param maxWaitingBytes bounds the changes that wait
   */
  public record Options(String name, String changed, String whileDown, long maxWaitingBytes) {}

  /**
   * The transactions of a store. Used by one thread at a time, but for {@link #isDue}.
   *
   * @param <X> a transaction
   */
  public interface Transactions<X> {
    /** Whether a transaction is wanted without a change. Safe for use by many threads. */
    boolean isDue();

    /**
     * Begins a transaction.
     *
     * @param changes whether there are changes to make
     * @return empty if there is nothing to change and nothing to remove; then it has only read
     * @throws SQLException if the database fails
     */
    Optional<X> begin(Connection connection, boolean changes) throws SQLException;

    /**
     * Removes a part of what is old, in a transaction without changes.
     *
     * @return whether there may be more of it
     * @throws SQLException if the database fails
     */
    boolean sweep(X transaction) throws SQLException;

    /**
     * Commits a transaction.
     *
     * @param sweep whether it has removed what is old
     * @throws SQLException if the database fails
     */
    void commit(X transaction, boolean sweep) throws SQLException;
  }

  /**
   * A change within a transaction.
   *
   * @param <X> the transaction
   * @param <R> what the change results in
   */
  public interface Change<X, R> {
    /**
     * Makes the change.
     *
     * @throws GatewayProblem if the change is refused; then it has written nothing
     * @throws SQLException if the database fails
     */
    R apply(X transaction) throws SQLException;
  }

  /**
   * A change that waits.
   *
   * @param of what it changes, if it is made later; otherwise a client waits for it
   */
  private record Waiting<X, R>(
      Change<X, R> change, long bytes, Optional<Object> of, CompletableFuture<R> done) {
    /** Makes the change, and returns what to do after the commit. */
    Runnable apply(X transaction) throws SQLException {
      if (done.isDone()) { // its client has received an error
        return () -> {};
      }
      try {
        R made = change.apply(transaction);
        return () -> done.complete(made);
      } catch (GatewayProblem refused) {
        return () -> done.completeExceptionally(refused);
      }
    }
  }

  /** Starts no thread yet. */
  public GroupCommit(
      Options options, Database database, Transactions<X> transactions, BackgroundThreads threads) {
    this.options = options;
    this.transactions = transactions;
    this.ticker = threads.ticker();
    this.sweptNanos = ticker.nanos() - SWEEP.toNanos() - 1; // at once
    BatchWriter.Options writing =
        new BatchWriter.Options(
            options.name, false, options.whileDown, Duration.ZERO, SWEEP, false, MAX_BATCH);
    this.writer = new BatchWriter(writing, database, this, threads);
  }

  /** Starts to make changes. */
  public void start() {
    writer.start();
  }

  /** Makes the changes that wait, but takes no longer than this. */
  public void stop(Duration atMost) {
    writer.stop(atMost);
  }

  /** Called when {@link Transactions#isDue} may have become true. */
  public void wake() {
    writer.wake();
  }

  /**
   * Makes a change and waits until it is stored.
   *
   * @param bytes about what it takes while it waits
   * @throws CapacityProblem if it is not stored, or not known to be
   * @throws GatewayProblem the one that the change throws; then nothing is changed
   */
  public <R> R run(long bytes, Change<X, R> change) {
    Waiting<X, R> request =
        new Waiting<>(change, bytes + OVERHEAD, Optional.empty(), new CompletableFuture<>());
    if (!offer(request)) {
      throw new CapacityProblem(
          "backpressure",
          "Too many changes of " + options.changed + " are waiting. Retry later.",
          Duration.ofSeconds(1));
    }
    writer.wakeAtOnce();
    try {
      return request.done.get(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof GatewayProblem problem ? problem : unavailable();
    } catch (TimeoutException e) {
      request.done.cancel(false); // so that it is not made later
      throw unavailable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      request.done.cancel(false);
      throw unavailable();
    }
  }

  /**
   * Makes a change later, also if the database is unavailable for a while. Does not block. A change
   * whose commit was made but not confirmed is made again: it has to find that it is there already.
   *
   * @param of what it changes, for {@link #awaitChanges}
   * @param bytes about what it takes while it waits
   * @return what the change results in; failed after the stop, and empty if too much waits
   */
  public <R> Optional<CompletableFuture<R>> later(Object of, long bytes, Change<X, R> change) {
    CompletableFuture<R> done = new CompletableFuture<>();
    if (!offer(new Waiting<>(change, bytes + OVERHEAD, Optional.of(of), done))) {
      return Optional.empty();
    }
    writer.wake();
    return Optional.of(done);
  }

  /**
   * Waits until the changes are stored that were to be made {@link #later} to something.
   *
   * @throws CapacityProblem if they cannot be stored now
   */
  public void awaitChanges(Object of) {
    if (waiting.stream().anyMatch(change -> change.of.filter(of::equals).isPresent())) {
      run(0, _ -> Boolean.TRUE);
    }
  }

  private boolean offer(Waiting<X, ?> request) {
    if (waitingBytes.addAndGet(request.bytes) > options.maxWaitingBytes) {
      waitingBytes.addAndGet(-request.bytes);
      return false;
    }
    waiting.add(request);
    if (closed) { // perhaps in between
      failAll();
    }
    return true;
  }

  private CapacityProblem unavailable() {
    return unavailable("The change cannot be stored now, because the database is unavailable.");
  }

  private CapacityProblem unavailable(String message) {
    return new CapacityProblem(options.name + "_unavailable", message, Duration.ofSeconds(5));
  }

  @Override
  public boolean isEmpty() {
    return waiting.isEmpty() && !transactions.isDue() && !isSweepDue();
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
    boolean swept = !isSweepDue() || sweep(connection);
    batch = waiting.stream().limit(max).toList();
    Progress progress = swept && batch.size() < max ? Progress.ALL : Progress.MORE;
    if (!batch.isEmpty() || transactions.isDue()) {
      writeBatch(connection);
    }
    return progress;
  }

  /** Removes a part of what is old; returns whether that was all that can be removed now. */
  private boolean sweep(Connection connection) throws SQLException {
    boolean more = false;
    try {
      Optional<X> begun = transactions.begin(connection, false);
      if (begun.isEmpty()) {
        connection.rollback();
      } else {
        more = transactions.sweep(begun.get());
        transactions.commit(begun.get(), true);
      }
    } catch (SQLException e) {
      if (WriteFailure.of(e) == WriteFailure.DATABASE) {
        throw e;
      }
      connection.rollback();
      more = false;
      LOG.error(
          "{}: what is old could not be removed, which is tried again in {} s: {}",
          options.name,
          SWEEP.toSeconds(),
          FailureText.of(e));
    }
    if (!more) {
      sweptNanos = ticker.nanos();
    }
    return !more;
  }

  private void writeBatch(Connection connection) throws SQLException {
    Optional<X> begun = transactions.begin(connection, !batch.isEmpty());
    if (begun.isEmpty()) {
      connection.rollback();
      return;
    }
    X transaction = begun.get();
    List<Runnable> afterCommit = new ArrayList<>(batch.size());
    for (Waiting<X, ?> request : batch) {
      afterCommit.add(request.apply(transaction));
    }
    transactions.commit(transaction, false);
    batch.forEach(_ -> remove());
    batch = List.of();
    afterCommit.forEach(Runnable::run);
  }

  private Waiting<X, ?> remove() {
    Waiting<X, ?> first = waiting.remove();
    waitingBytes.addAndGet(-first.bytes);
    return first;
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
    Waiting<X, ?> request = remove();
    request.done.completeExceptionally(why);
    return "a change of "
        + options.changed
        + (request.of.isPresent() ? ", which is lost," : ", whose client received 503,");
  }

  @Override
  public void databaseFailed(SQLException why) {
    waiting.removeIf(request -> request.of.isEmpty() && fail(request, why));
  }

  private boolean fail(Waiting<X, ?> request, Exception why) {
    waitingBytes.addAndGet(-request.bytes);
    request.done.completeExceptionally(why);
    return true;
  }

  @Override
  public void close() {
    closed = true;
    failAll();
  }

  private void failAll() {
    Exception why = unavailable("The change cannot be stored, because the gateway is stopping.");
    waiting.removeIf(request -> fail(request, why));
  }
}

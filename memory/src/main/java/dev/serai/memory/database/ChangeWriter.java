package dev.serai.memory.database;

import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.cause.FailureText;
import dev.serai.core.time.DurationFaults;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes changes one after the other, each in a transaction of its own, on a platform thread,
 * because a driver may pin the carrier of a virtual thread. The number of waiting changes is
 * bounded. Thread-safe.
 */
public final class ChangeWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeWriter.class);
  private static final int MAX_WAITING = 512;
  private static final Duration MAX_WAIT = Duration.ofSeconds(15);

  private final Database database;
  private final Around around;
  private final String what;
  private final ThreadPoolExecutor thread;

  /**
   * Starts no thread yet.
   *
   * @param what is changed, for the names of the thread and of problems, for example "keys"
   */
  public ChangeWriter(Database database, String what, Around around) {
    this.database = database;
    this.what = what;
    this.around = around;
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().name(what + "-writer").daemon().factory());
    thread.allowCoreThreadTimeOut(true);
  }

  private ChangeWriter(ChangeWriter shared, String what) {
    this.database = shared.database;
    this.what = what;
    this.around = shared.around;
    this.thread = shared.thread;
  }

  /**
   * A writer with the thread of this one, which is closed with it.
   *
   * @param what it changes, for problems
   */
  public ChangeWriter of(String what) {
    return new ChangeWriter(this, what);
  }

  /** What is done before and after each change. */
  public interface Around {
    /**
     * Is done first in the transaction of a change.
     *
     * @throws SQLException if the database fails; then nothing is changed
     */
    void begin(Connection connection) throws SQLException;

    /**
     * Is done once a change is stored.
     *
     * @throws SQLException if the database fails; the change is stored
     * @throws IOException if a file cannot be read; the change is stored
     */
    void stored(Connection connection) throws SQLException, IOException;
  }

  /** A change within a transaction. */
  public interface Change<T> {
    /**
     * Makes the change.
     *
     * @throws SQLException if the database fails
     * @throws IOException if a file cannot be read or written
     */
    T apply(Connection connection) throws SQLException, IOException;
  }

  /**
   * Makes a change and waits until it is stored.
   *
   * @throws CapacityProblem if it is not stored, or not known to be
   * @throws GatewayProblem the one that the change throws; then nothing is changed
   */
  public <T> T run(Change<T> change) {
    FutureTask<T> task = new FutureTask<>(() -> inTransaction(change));
    try {
      thread.execute(task);
      return task.get(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GatewayProblem problem) {
        throw problem;
      }
      LOG.warn(
          "{}: a change is not stored and its request got 503; check the database: {}",
          what,
          FailureText.of(e));
      throw unavailable();
    } catch (RejectedExecutionException e) {
      throw new CapacityProblem(
          "backpressure",
          "Too many changes of the " + what + " are waiting. Retry later.",
          Duration.ofSeconds(1));
    } catch (TimeoutException e) {
      LOG.warn(
          "{}: the database does not respond within {}; a change is refused with 503",
          what,
          DurationFaults.written(MAX_WAIT));
      task.cancel(false); // does nothing if it runs already
      throw unavailable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable();
    }
  }

  private <T> T inTransaction(Change<T> change) throws SQLException, IOException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      around.begin(connection);
      T done = change.apply(connection);
      connection.commit();
      follow(connection);
      return done;
    } // an exception ends the connection, and with it the transaction
  }

  /** The change is stored, whatever happens now. */
  private void follow(Connection connection) {
    try {
      around.stored(connection);
    } catch (SQLException | IOException e) {
      LOG.warn("{}: a change applies with a delay: {}", what, FailureText.of(e));
    }
  }

  private CapacityProblem unavailable() {
    return new CapacityProblem(
        what + "_unavailable",
        "The change cannot be stored now, because the database is unavailable.",
        Duration.ofSeconds(5));
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}

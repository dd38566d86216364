package dev.serai.memory.keys;

import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.cause.FailureText;
import dev.serai.memory.database.Database;
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
 * Changes keys one after the other, each in a transaction of its own, on a platform thread, because
 * a driver may pin the carrier of a virtual thread. The number of waiting changes is bounded.
 * Thread-safe.
 */
final class KeyWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeyWriter.class);
  private static final int MAX_WAITING = 32;
  private static final Duration MAX_WAIT = Duration.ofSeconds(15);

  private final Database database;
  private final AfterChange after;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          10,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAX_WAITING),
          Thread.ofPlatform().name("keys-writer").daemon().factory());

  /**
   * @param after is called after each change that was stored
   */
  KeyWriter(Database database, AfterChange after) {
    this.database = database;
    this.after = after;
    thread.allowCoreThreadTimeOut(true);
  }

  /** What follows a change. */
  interface AfterChange {
    void stored(Connection connection) throws SQLException, IOException;
  }

  /** A change within a transaction. */
  interface Change<T> {
    T apply(Connection connection) throws SQLException, IOException;
  }

  /**
   * Makes a change and waits until it is stored.
   *
   * @throws CapacityProblem if it is not stored, or not known to be
   * @throws GatewayProblem the one that the change throws; then nothing is changed
   */
  <T> T run(Change<T> change) {
    FutureTask<T> task = new FutureTask<>(() -> inTransaction(change));
    try {
      thread.execute(task);
      return task.get(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GatewayProblem problem) {
        throw problem;
      }
      LOG.warn(
          "api keys: a change is not stored and its request got 503; check the database: {}",
          FailureText.of(e));
      throw unavailable();
    } catch (RejectedExecutionException | TimeoutException e) {
      LOG.warn(
          "api keys: the database does not respond within {}; a change is refused with 503",
          MAX_WAIT);
      task.cancel(false); // does nothing if it runs already
      throw unavailable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable();
    }
  }

  /** The version is counted up first: its row lets other processes wait. */
  private <T> T inTransaction(Change<T> change) throws SQLException, IOException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      KeyRows.change(connection);
      T done = change.apply(connection);
      connection.commit();
      follow(connection);
      return done;
    } // an exception ends the connection, and with it the transaction
  }

  /** The change is stored, whatever happens now. */
  private void follow(Connection connection) {
    try {
      after.stored(connection);
    } catch (SQLException | IOException e) {
      LOG.warn("api keys: a change applies with a delay: {}", FailureText.of(e));
    }
  }

  private static CapacityProblem unavailable() {
    return new CapacityProblem(
        "keys_unavailable",
        "The change cannot be stored now, because the database is unavailable.",
        Duration.ofSeconds(5));
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}

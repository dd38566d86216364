package dev.serai.memory.database;

import dev.serai.core.problem.CapacityProblem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs read queries on a few platform threads of its own, because a driver may pin the carrier of a
 * virtual thread. The number of waiting queries is bounded; more are refused. Thread-safe.
 */
public final class DatabaseReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseReader.class);
  private static final int THREADS = 2;
  private static final int MAX_QUERIES = 32;

  private final Database database;
  private final String what;
  private final ThreadPoolExecutor threads;

  /**
   * Starts no thread yet.
   *
   * @param what is read, for the names of threads and problems, for example "ledger"
   */
  public DatabaseReader(Database database, String what) {
    this.database = database;
    this.what = what;
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_QUERIES),
            Thread.ofPlatform().name(what + "-reader-", 0).daemon().factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /** A read query. */
  public interface Query<T> {
    /**
     * Runs the query.
     *
     * @throws SQLException if the database fails
     */
    T run(Connection connection) throws SQLException;
  }

  /**
   * Runs a query and waits for its result.
   *
   * @throws CapacityProblem if the database fails or too many queries wait
   */
  public <T> T read(Query<T> query) {
    try {
      Future<T> result =
          threads.submit(
              () -> {
                try (Connection connection = database.connect()) {
                  return query.run(connection);
                }
              });
      return result.get();
    } catch (RejectedExecutionException e) {
      throw new CapacityProblem(
          "backpressure", "Too many queries to the " + what + " wait.", Duration.ofSeconds(1));
    } catch (ExecutionException e) {
      LOG.warn("{}: the database cannot be read: {}", what, String.valueOf(e.getCause()));
      throw unavailable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable();
    }
  }

  private CapacityProblem unavailable() {
    return new CapacityProblem(
        what + "_unavailable", "The " + what + " cannot be read now.", Duration.ofSeconds(5));
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}

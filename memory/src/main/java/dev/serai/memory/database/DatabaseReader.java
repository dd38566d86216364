package dev.serai.memory.database;

import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.cause.FailureText;
import dev.serai.core.time.DurationFaults;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs read queries on a few platform threads of its own, because a driver may pin the carrier of a
 * virtual thread. A thread ends, and its connection is closed, when it has had nothing to do for
 * ten seconds. The number of waiting queries is bounded; more are refused. Thread-safe.
 */
public final class DatabaseReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseReader.class);
  private static final int THREADS = 2;
  private static final int MAX_QUERIES = 512;

  private final Database database;
  private final String what;
  private final ThreadPoolExecutor threads;

  /** The connection of a thread, which it keeps from one query to the next. */
  private final ThreadLocal<@Nullable Connection> open;

  /**
   * Starts no thread yet.
   *
   * @param what is read, for the names of threads and problems, for example "ledger"
   */
  public DatabaseReader(Database database, String what) {
    this(database, what, what);
  }

  /**
   * Starts no thread yet.
   *
   * @param what is read, for problems
   * @param name of the threads, where what is read has another reader, too
   */
  public DatabaseReader(Database database, String what, String name) {
    this.database = database;
    this.what = what;
    this.open = new ThreadLocal<>();
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_QUERIES),
            factory(Thread.ofPlatform().name(name + "-reader-", 0).daemon().factory()));
    threads.allowCoreThreadTimeOut(true);
  }

  private DatabaseReader(DatabaseReader shared, String what) {
    this.database = shared.database;
    this.what = what;
    this.open = shared.open;
    this.threads = shared.threads;
  }

  /**
   * A reader with the threads and connections of this one, which is closed with it.
   *
   * @param what it reads, for problems
   */
  public DatabaseReader of(String what) {
    return new DatabaseReader(this, what);
  }

  /** A thread closes its connection when it ends. */
  private ThreadFactory factory(ThreadFactory plain) {
    return work ->
        plain.newThread(
            () -> {
              try {
                work.run();
              } finally {
                closeOpen();
              }
            });
  }

  private void closeOpen() {
    Connection connection = open.get();
    open.remove();
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.debug("{}: a connection cannot be closed", what, e);
      }
    }
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
   * @throws CapacityProblem if the database fails or does not respond in time, or too many queries
   *     wait
   */
  public <T> T read(Query<T> query) {
    Reading<T> reading = new Reading<>(query);
    FutureTask<T> task = new FutureTask<>(reading);
    try {
      threads.execute(task);
      return task.get(database.readTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      throw new CapacityProblem(
          "backpressure",
          "Too many queries of the " + what + " are waiting. Retry later.",
          Duration.ofSeconds(1));
    } catch (ExecutionException e) {
      LOG.warn("{}: the database cannot be read: {}", what, FailureText.of(e));
      throw unavailable();
    } catch (TimeoutException e) {
      LOG.warn(
          "{}: the database does not respond within {}",
          what,
          DurationFaults.written(database.readTimeout()));
      threads.remove(task);
      reading.abandon();
      throw unavailable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reading.abandon();
      throw unavailable();
    }
  }

  /** A query on its thread, which may be abandoned by the one that waits for it. */
  private final class Reading<T> implements Callable<T> {
    private final Query<T> query;
    private volatile boolean abandoned;
    private volatile @Nullable Connection running;

    Reading(Query<T> query) {
      this.query = query;
    }

    @Override
    public T call() throws SQLException {
      Connection kept = open.get();
      if (kept != null) {
        try {
          return onConnection(kept);
        } catch (SQLException e) { // the database may have closed it since the last query
          LOG.debug("{}: a query is repeated on a new connection", what, e);
        }
      }
      Connection made = database.connect();
      open.set(made);
      return onConnection(made);
    }

    /** Runs the query; a connection on which anything fails is closed. */
    private T onConnection(Connection connection) throws SQLException {
      boolean done = false;
      try {
        running = connection;
        if (abandoned) {
          throw new SQLException("the query was abandoned");
        }
        database.beginToRead(connection);
        T result = query.run(connection);
        connection.rollback();
        done = true;
        return result;
      } finally {
        running = null;
        if (!done) {
          closeOpen();
        }
      }
    }

    void abandon() {
      abandoned = true;
      Connection now = running;
      if (now != null) {
        try {
          database.interrupt(now);
        } catch (SQLException e) {
          LOG.debug("{}: a query cannot be interrupted", what, e);
        }
      }
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

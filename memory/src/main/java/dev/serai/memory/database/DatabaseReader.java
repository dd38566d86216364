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
 * Asks the database with a few threads of its own, since a driver may hold a virtual thread's
 * carrier. So many questions wait at most; more are refused. Thread-safe.
 */
public final class DatabaseReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseReader.class);
  private static final int THREADS = 2;
  private static final int MOST_QUESTIONS = 32;

  private final Database database;
  private final String what;
  private final ThreadPoolExecutor threads;

  /**
   * @param what is asked about, as threads and failures call it
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
            new ArrayBlockingQueue<>(MOST_QUESTIONS),
            Thread.ofPlatform().name(what + "-reader-", 0).daemon().factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /** What is to be found out. */
  public interface Question<T> {
    /** Asks. */
    T ask(Connection connection) throws SQLException;
  }

  /**
   * Asks and waits.
   *
   * @throws CapacityProblem if the database does not answer, or too many ask
   */
  public <T> T ask(Question<T> question) {
    try {
      Future<T> answer =
          threads.submit(
              () -> {
                try (Connection connection = database.connect()) {
                  return question.ask(connection);
                }
              });
      return answer.get();
    } catch (RejectedExecutionException e) {
      throw new CapacityProblem(
          "backpressure", "Too many questions to the " + what + ".", Duration.ofSeconds(1));
    } catch (ExecutionException e) {
      LOG.warn("the database does not answer: {}", String.valueOf(e.getCause()));
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

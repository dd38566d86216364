package dev.serai.memory.database;

import dev.serai.core.background.BackgroundThread;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection of a background thread, opened when it is needed and kept. Confined to that
 * thread, which also closes it.
 */
public final class ThreadConnection {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadConnection.class);

  private final Database database;
  private final String user;
  private final boolean autoCommit;
  private @Nullable Connection open;
  private boolean failing;

  /** What is done on the connection. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does it.
     *
     * @throws SQLException if the database fails
     * @throws IOException if a file cannot be read
     */
    void run(Connection connection) throws SQLException, IOException;
  }

  private ThreadConnection(Database database, String user, boolean autoCommit) {
    this.database = database;
    this.user = user;
    this.autoCommit = autoCommit;
  }

  /**
   * A connection on which each statement is a transaction.
   *
   * @param user what the connection is for, in the log
   */
  public static ThreadConnection of(Database database, String user) {
    return new ThreadConnection(database, user, true);
  }

  /** A connection in transactions of the caller. */
  public static ThreadConnection inTransactions(Database database, String user) {
    return new ThreadConnection(database, user, false);
  }

  /**
   * The connection.
   *
   * @throws SQLException if the database is unavailable, or no longer the one at its address
   */
  public Connection get() throws SQLException {
    Connection now = open;
    if (now == null) {
      now = database.connect();
      open = now;
      now.setAutoCommit(autoCommit);
    }
    database.verify(now);
    return now;
  }

  /** Whether it is open; if not, {@link #get} opens it. */
  public boolean isOpen() {
    return open != null;
  }

  /**
   * Does some work on the connection, and closes the connection if the work fails.
   *
   * @param report receives a failure that follows no other one
   * @return whether the work was done
   */
  public boolean run(Work work, Consumer<Exception> report) {
    try {
      work.run(get());
      failing = false;
      return true;
    } catch (SQLException | IOException e) {
      close();
      if (!failing) {
        report.accept(e);
      }
      failing = true;
      return false;
    }
  }

  /**
   * Repeats rounds until the thread that this runs on is stopped.
   *
   * @param pause the time between two rounds, which a stop ends
   */
  public void repeat(BackgroundThread thread, Duration pause, Runnable round) {
    while (!thread.isStopping()) {
      round.run();
      if (!thread.isStopping()) {
        LockSupport.parkNanos(this, pause.toNanos());
      }
    }
  }

  /** Closes it, and with it a transaction that has not ended. */
  public void close() {
    Connection now = open;
    open = null;
    if (now != null) {
      try {
        now.close();
      } catch (SQLException | RuntimeException e) { // must not hide why it is closed
        LOG.debug("{}: a connection cannot be closed", user, e);
      }
    }
  }
}

package dev.serai.memory.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection of a background thread, opened when it is needed and kept. For one thread. */
public final class ThreadConnection {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadConnection.class);

  private final Database database;
  private final String user;
  private final boolean autoCommit;
  private @Nullable Connection open;

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

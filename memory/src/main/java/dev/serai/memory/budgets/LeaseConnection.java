package dev.serai.memory.budgets;

import dev.serai.memory.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The connection of the thread that leases, opened when it is needed. For one thread. */
final class LeaseConnection {
  private final Database database;
  private final LeaseLog log;
  private @Nullable Connection open;

  LeaseConnection(Database database, LeaseLog log) {
    this.database = database;
    this.log = log;
  }

  /** The connection, in transactions of the caller. */
  Connection get() throws SQLException {
    Connection now = open;
    if (now == null) {
      now = database.connect();
      open = now;
      now.setAutoCommit(false);
    }
    database.verify(now);
    return now;
  }

  /** Closes it, and with it a transaction that has not ended. */
  void close() {
    Connection now = open;
    open = null;
    if (now != null) {
      try {
        now.close();
      } catch (SQLException e) {
        log.closing(e);
      }
    }
  }
}

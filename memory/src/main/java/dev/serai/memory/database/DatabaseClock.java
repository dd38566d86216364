package dev.serai.memory.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.sqlite.SQLiteConnection;

/**
 * The clock of the database: the one that gateways share. Times that one gateway writes and another
 * compares with now are of this clock, because those of the gateways may differ. Stateless.
 */
public final class DatabaseClock {
  private static final String SQLITE = "SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER)";

  /** Not that of the beginning of the transaction. */
  private static final String POSTGRESQL =
      "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";

  private DatabaseClock() {}

  /**
   * The time now, in milliseconds since 1970, UTC.
   *
   * @throws SQLException if the database does not reply
   */
  public static long millis(Connection connection) throws SQLException {
    String sql = connection.isWrapperFor(SQLiteConnection.class) ? SQLITE : POSTGRESQL;
    try (PreparedStatement read = connection.prepareStatement(sql);
        ResultSet row = read.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("the database has no clock");
      }
      return row.getLong(1);
    }
  }
}

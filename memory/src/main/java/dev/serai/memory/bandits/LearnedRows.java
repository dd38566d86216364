package dev.serai.memory.bandits;

import dev.serai.core.bandit.shared.LearnedRow;
import dev.serai.memory.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The table of what was learned. Every method runs in a transaction of the caller; those that write
 * begin with {@link #lock}. Stateless.
 */
final class LearnedRows {
  /** More are never there for long: {@link LearnedFold}. */
  private static final int MAX_OF_NAME = 5_000;

  private static final String COLUMNS = "number, name, gateway, written_ms, state";

  private static final String SELECT = "SELECT " + COLUMNS + " FROM bandit_learned";

  private LearnedRows() {}

  /**
   * Lets the transaction wait for every other one that writes, so that rows are numbered in the
   * order of the commits: who has read a row has seen all with lower numbers.
   */
  static void lock(Connection connection) throws SQLException {
    Sql.run(connection, "UPDATE bandit_number SET last = last + 1");
  }

  /** The highest number that was given. */
  static long last(Connection connection) throws SQLException {
    try (PreparedStatement read = connection.prepareStatement("SELECT last FROM bandit_number");
        ResultSet row = read.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("the table bandit_number is empty");
      }
      return row.getLong(1);
    }
  }

  /**
   * Notes that a batch of rows is written; false if it was written before.
   *
   * @param batch counts up from 1 for each start of a gateway
   */
  static boolean begin(Connection connection, String gateway, long batch, long nowMillis)
      throws SQLException {
    String sql =
        "INSERT INTO bandit_batch (gateway, batch, written_ms) VALUES (?, ?, ?)"
            + " ON CONFLICT (gateway) DO UPDATE SET batch = excluded.batch,"
            + " written_ms = excluded.written_ms WHERE bandit_batch.batch < excluded.batch";
    return Sql.run(connection, sql, gateway, batch, nowMillis) > 0;
  }

  /**
   * Adds rows.
   *
   * @param states by name
   */
  static void append(
      Connection connection, String gateway, Map<String, String> states, long nowMillis)
      throws SQLException {
    long number = last(connection);
    for (Map.Entry<String, String> each : states.entrySet()) {
      number++;
      insert(
          connection, new LearnedRow(number, each.getKey(), gateway, nowMillis, each.getValue()));
    }
    Sql.run(connection, "UPDATE bandit_number SET last = ?", number);
  }

  static void insert(Connection connection, LearnedRow row) throws SQLException {
    Sql.run(
        connection,
        "INSERT INTO bandit_learned (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?)",
        row.number(),
        row.name(),
        row.gateway(),
        row.writtenMillis(),
        row.state());
  }

  /** The first rows of other gateways after a number. Folded rows are not among them. */
  static List<LearnedRow> ofOthers(Connection connection, String gateway, long after, int atMost)
      throws SQLException {
    return read(
        connection,
        SELECT + " WHERE number > ? AND gateway <> ? AND gateway <> '' ORDER BY number LIMIT ?",
        after,
        gateway,
        atMost);
  }

  /** All rows of a name, as of one moment. */
  static List<LearnedRow> ofName(Connection connection, String name) throws SQLException {
    String sql = SELECT + " WHERE name = ? ORDER BY number DESC LIMIT ?";
    return read(connection, sql, name, MAX_OF_NAME).reversed();
  }

  /** The names that were learned of last. */
  static List<String> names(Connection connection, int atMost) throws SQLException {
    return Sql.texts(
        connection,
        "SELECT name FROM bandit_learned GROUP BY name ORDER BY MAX(written_ms) DESC LIMIT ?",
        atMost);
  }

  private static List<LearnedRow> read(Connection connection, String sql, Object... values)
      throws SQLException {
    List<LearnedRow> rows = new ArrayList<>();
    try (PreparedStatement read = Sql.bound(connection, sql, values);
        ResultSet row = read.executeQuery()) {
      while (row.next()) {
        rows.add(
            new LearnedRow(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getString(5)));
      }
    }
    return rows;
  }
}

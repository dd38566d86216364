package dev.serai.memory.database;

import dev.serai.core.keys.KeyQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads rows of a table with the columns {@code id} and {@code created_ms}. Pure except for the
 * connection.
 *
 * @param table its name
 * @param tenantColumn the column with the tenant
 * @param mapper makes a value of the current row
 */
public record TableRows<T>(String table, String tenantColumn, Mapper<T> mapper) {
  /** Makes a value of the current row. */
  public interface Mapper<T> {
    /**
     * Makes the value.
     *
     * @throws SQLException if the row cannot be read
     */
    T of(ResultSet row) throws SQLException;
  }

  /**
   * The rows that match a condition, whose parameters are these values.
   *
   * @throws SQLException if the database fails
   */
  public List<T> where(Connection connection, String condition, Object... values)
      throws SQLException {
    String sql = "SELECT * FROM " + table + " WHERE " + condition;
    List<T> found = new ArrayList<>();
    try (PreparedStatement read = Sql.bound(connection, sql, values);
        ResultSet row = read.executeQuery()) {
      while (row.next()) {
        found.add(mapper.of(row));
      }
    }
    return found;
  }

  /**
   * A page, the newest first.
   *
   * @throws SQLException if the database fails
   */
  public List<T> list(Connection connection, KeyQuery query) throws SQLException {
    List<Object> values = new ArrayList<>();
    StringBuilder where = new StringBuilder("1 = 1");
    if (query.tenant().isPresent()) {
      where.append(" AND ").append(tenantColumn).append(" = ?");
      values.add(query.tenant().get());
    }
    if (query.after().isPresent()) {
      where.append(" AND (created_ms, id) < (SELECT created_ms, id FROM ").append(table);
      where.append(" WHERE id = ?)");
      values.add(query.after().get());
    }
    where.append(" ORDER BY created_ms DESC, id DESC LIMIT ?");
    values.add(query.limit());
    return where(connection, where.toString(), values.toArray());
  }
}

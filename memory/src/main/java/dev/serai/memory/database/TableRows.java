package dev.serai.memory.database;

import dev.serai.core.keys.KeyQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
   * @return empty if the page is to begin after what is not in the list
   * @throws SQLException if the database fails
   */
  public Optional<List<T>> list(Connection connection, KeyQuery query) throws SQLException {
    List<Object> values = new ArrayList<>();
    String listed = "1 = 1";
    if (query.tenant().isPresent()) {
      listed = tenantColumn + " = ?";
      values.add(query.tenant().get());
    }
    StringBuilder where = new StringBuilder(listed);
    List<Object> last = new ArrayList<>(values);
    if (query.after().isPresent()) {
      where.append(" AND (created_ms, id) < (SELECT created_ms, id FROM ").append(table);
      where.append(" WHERE ").append(listed).append(" AND id = ?)");
      last.add(query.after().get());
      values.addAll(last);
    }
    where.append(" ORDER BY created_ms DESC, id DESC LIMIT ?");
    values.add(query.limit());
    List<T> page = where(connection, where.toString(), values.toArray());
    boolean known =
        !page.isEmpty()
            || query.after().isEmpty()
            || !where(connection, listed + " AND id = ?", last.toArray()).isEmpty();
    return known ? Optional.of(page) : Optional.empty();
  }
}

package dev.serai.memory.objects;

import dev.serai.memory.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What all tenants have stored. Immutable.
 *
 * @param bytes as they count for quotas
 */
public record StoredSize(long objects, long bytes) {
  /** Nothing. */
  static final StoredSize NONE = new StoredSize(0, 0);

  /** Reads it; there is a row for each tenant. */
  static StoredSize read(Connection connection) throws SQLException {
    String sql = "SELECT COALESCE(SUM(objects), 0), COALESCE(SUM(size_bytes), 0) FROM memory_usage";
    try (PreparedStatement read = Sql.bound(connection, sql);
        ResultSet row = read.executeQuery()) {
      row.next();
      return new StoredSize(row.getLong(1), row.getLong(2));
    }
  }

  StoredSize plus(StoredSize more) {
    return new StoredSize(objects + more.objects, bytes + more.bytes);
  }
}

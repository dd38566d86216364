package dev.serai.memory.objects;

import dev.serai.memory.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How much a tenant has stored, within one transaction. For one thread. */
final class TenantUsage {
  private final String tenant;
  private long bytes;
  private long objects;

  private TenantUsage(String tenant, long bytes, long objects) {
    this.tenant = tenant;
    this.bytes = bytes;
    this.objects = objects;
  }

  static TenantUsage read(Connection connection, String tenant) throws SQLException {
    String sql = "SELECT size_bytes, objects FROM memory_usage WHERE tenant = ?";
    try (PreparedStatement read = Sql.bound(connection, sql, tenant);
        ResultSet row = read.executeQuery()) {
      return row.next()
          ? new TenantUsage(tenant, row.getLong(1), row.getLong(2))
          : new TenantUsage(tenant, 0, 0);
    }
  }

  long bytes() {
    return bytes;
  }

  void add(long moreBytes, int moreObjects) {
    bytes += moreBytes;
    objects += moreObjects;
  }

  void write(Connection connection) throws SQLException {
    Sql.run(
        connection,
        "INSERT INTO memory_usage (tenant, size_bytes, objects) VALUES (?, ?, ?) ON CONFLICT"
            + " (tenant) DO UPDATE SET size_bytes = excluded.size_bytes, objects ="
            + " excluded.objects",
        tenant,
        bytes,
        objects);
  }
}

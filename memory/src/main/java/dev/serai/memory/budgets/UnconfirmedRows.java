package dev.serai.memory.budgets;

import dev.serai.core.usage.UsageRecord;
import dev.serai.memory.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Rows of usage whose commit has failed. The database may have made it without confirming it: then
 * they are in the ledger, and their costs are taken from the leases. They come again until they are
 * stored. For one thread at a time.
 */
final class UnconfirmedRows {
  private final Set<Row> rows = new HashSet<>();

  private record Row(String requestId, int attempt) {
    static Row of(UsageRecord row) {
      return new Row(row.requestId(), row.attempt());
    }
  }

  /** Notes rows whose commit has failed. */
  void add(List<UsageRecord> failed) {
    failed.forEach(row -> rows.add(Row.of(row)));
  }

  /** Notes that rows are stored. */
  void remove(List<UsageRecord> stored) {
    if (!rows.isEmpty()) {
      stored.forEach(row -> rows.remove(Row.of(row)));
    }
  }

  /** Notes that the rows of a request do not come again. */
  void forget(String requestId) {
    rows.removeIf(row -> row.requestId.equals(requestId));
  }

  /**
   * Those that are not in the ledger yet.
   *
   * @throws SQLException if the database fails
   */
  List<UsageRecord> absent(Connection connection, List<UsageRecord> all) throws SQLException {
    if (rows.isEmpty()) {
      return all;
    }
    List<UsageRecord> absent = new ArrayList<>(all.size());
    for (UsageRecord row : all) {
      if (!rows.contains(Row.of(row)) || !isStored(connection, row)) {
        absent.add(row);
      }
    }
    return absent;
  }

  private static boolean isStored(Connection connection, UsageRecord row) throws SQLException {
    return Sql.isAny(
        connection,
        "SELECT 1 FROM usage_attempt WHERE request_id = ? AND attempt = ?",
        row.requestId(),
        row.attempt());
  }
}

package dev.serai.memory.ledger;

import dev.serai.core.usage.UsageQuery;
import dev.serai.core.usage.UsageRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Reads the ledger for a program that runs no gateway. Pure except for the connection. */
public final class PastUsage {
  private PastUsage() {}

  /**
   * The rows that match the filters, the newest first; groups are ignored. What waits in the
   * journal of a gateway is not among them.
   *
   * @throws SQLException if the database fails
   */
  public static List<UsageRecord> rows(Connection connection, UsageQuery query)
      throws SQLException {
    return UsageQueries.rows(connection, query);
  }
}

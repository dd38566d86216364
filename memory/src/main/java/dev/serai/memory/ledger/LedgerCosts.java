package dev.serai.memory.ledger;

import dev.serai.core.usage.UsageQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Sums costs of the ledger within a transaction of the caller. Pure except for the connection. */
public final class LedgerCosts {
  private LedgerCosts() {}

  /**
   * What delivered attempts cost, in nano US dollars (1e-9 USD).
   *
   * @param query without groups
   * @throws SQLException if the database fails
   */
  public static long delivered(Connection connection, UsageQuery query) throws SQLException {
    return UsageSums.totals(connection, List.of(query)).getFirst().getFirst().costNanoUsd();
  }
}

package dev.serai.memory.keys;

import dev.serai.core.budget.BudgetPeriod;
import dev.serai.core.keys.ApiKey;
import dev.serai.memory.database.StoredText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums what the calls of keys have cost. All periods begin on a whole hour of UTC, so the sums by
 * hour have everything, and their index leads to the rows of one key. Pure except for the
 * connection.
 */
final class KeyCosts {
  private static final long HOUR = 3_600_000L;

  /** Every parameter but the last two is the first hour of a period. */
  static final String SUMS =
      "SELECT COALESCE(SUM(cost_nano_usd), 0),"
          + " COALESCE(SUM(CASE WHEN hour >= ? THEN cost_nano_usd ELSE 0 END), 0),"
          + " COALESCE(SUM(CASE WHEN hour >= ? THEN cost_nano_usd ELSE 0 END), 0),"
          + " COALESCE(SUM(CASE WHEN hour >= ? THEN cost_nano_usd ELSE 0 END), 0)"
          + " FROM usage_hour WHERE tenant = ? AND caller_key = ?";

  private KeyCosts() {}

  /** The costs of keys, in their order. */
  static List<ApiKey.Usage> of(Connection connection, List<ApiKey> keys, long nowMillis)
      throws SQLException {
    List<ApiKey.Usage> all = new ArrayList<>(keys.size());
    try (PreparedStatement sums = connection.prepareStatement(SUMS)) {
      for (ApiKey key : keys) {
        sums.setLong(1, firstHour(BudgetPeriod.DAY, nowMillis));
        sums.setLong(2, firstHour(BudgetPeriod.WEEK, nowMillis));
        sums.setLong(3, firstHour(BudgetPeriod.MONTH, nowMillis));
        sums.setString(4, StoredText.clean(key.tenant()));
        sums.setString(5, StoredText.clean(key.name()));
        all.add(read(sums));
      }
    }
    return all;
  }

  private static ApiKey.Usage read(PreparedStatement sums) throws SQLException {
    try (ResultSet row = sums.executeQuery()) {
      return row.next()
          ? new ApiKey.Usage(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4))
          : new ApiKey.Usage(0, 0, 0, 0);
    }
  }

  private static long firstHour(BudgetPeriod period, long nowMillis) {
    return period.at(nowMillis, ZoneOffset.UTC).fromMillis() / HOUR;
  }
}

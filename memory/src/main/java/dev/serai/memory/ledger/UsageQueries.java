package dev.serai.memory.ledger;

import dev.serai.core.chat.Usage;
import dev.serai.core.usage.Dimension;
import dev.serai.core.usage.UsageQuery;
import dev.serai.core.usage.UsageRecord;
import dev.serai.core.usage.UsageTotals;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Queries of the table {@code usage_attempt}. Values are always parameters, never part of the text
 * of a statement. Pure except for the connection.
 */
final class UsageQueries {
  private static final long DAY = 86_400_000L;
  private static final long HOUR = 3_600_000L;

  /** The maximum time between the start of a request and that of its last attempt. */
  private static final long MAX_CALL_MILLIS = DAY;

  private static final String SUMS =
      "SUM(terminal), SUM(CASE WHEN terminal = 1 AND outcome = 1 THEN 1 ELSE 0 END),"
          + " SUM(CASE WHEN terminal = 1 AND outcome = 2 THEN 1 ELSE 0 END), COUNT(*),"
          + delivered("input_tokens")
          + delivered("output_tokens")
          + delivered("cached_tokens")
          + delivered("cache_write_tokens")
          + delivered("reasoning_tokens")
          + delivered("cache_hour_tokens")
          + delivered("audio_in_tokens")
          + delivered("audio_out_tokens")
          + delivered("cost_nano_usd")
          + " COALESCE(SUM(CASE WHEN delivered = 0 THEN cost_nano_usd END), 0),"
          + " COUNT(cost_nano_usd),"
          + " SUM(CASE WHEN cost_nano_usd IS NULL AND input_tokens + output_tokens > 0"
          + " THEN 1 ELSE 0 END), SUM(estimated)";

  private UsageQueries() {}

  private static String delivered(String column) {
    return " COALESCE(SUM(CASE WHEN delivered = 1 THEN " + column + " END), 0),";
  }

  static List<UsageRecord> of(Connection connection, String requestId) throws SQLException {
    String sql =
        "SELECT "
            + UsageTable.COLUMNS
            + " FROM usage_attempt WHERE request_id = ? ORDER BY attempt";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, requestId);
      return rows(statement);
    }
  }

  static List<UsageRecord> rows(Connection connection, UsageQuery query) throws SQLException {
    String sql =
        "SELECT "
            + UsageTable.COLUMNS
            + " FROM usage_attempt"
            + where(query)
            + " ORDER BY request_id DESC, attempt DESC LIMIT ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(bind(statement, query), query.limit());
      return rows(statement);
    }
  }

  private static List<UsageRecord> rows(PreparedStatement statement) throws SQLException {
    List<UsageRecord> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        rows.add(UsageTable.row(result));
      }
    }
    return rows;
  }

  static List<UsageTotals> totals(Connection connection, UsageQuery query) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(totalsSql(query))) {
      statement.setInt(bind(statement, query), query.limit());
      return totals(statement, query.groupBy());
    }
  }

  private static String totalsSql(UsageQuery query) {
    StringBuilder groups = new StringBuilder();
    for (Dimension dimension : query.groupBy()) {
      groups.append(groups.isEmpty() ? "" : ", ").append(expression(dimension));
    }
    return "SELECT "
        + (groups.isEmpty() ? "" : groups + ", ")
        + SUMS
        + " FROM usage_attempt"
        + where(query)
        + (groups.isEmpty() ? "" : " GROUP BY " + groups + " ORDER BY " + groups)
        + " LIMIT ?";
  }

  private static List<UsageTotals> totals(PreparedStatement statement, List<Dimension> groupBy)
      throws SQLException {
    List<UsageTotals> totals = new ArrayList<>();
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        totals.add(total(result, groupBy));
      }
    }
    return totals;
  }

  private static UsageTotals total(ResultSet r, List<Dimension> groupBy) throws SQLException {
    int at = 1;
    List<String> group = new ArrayList<>(groupBy.size());
    for (Dimension dimension : groupBy) {
      group.add(value(r, at++, dimension));
    }
    return new UsageTotals(
        group,
        r.getLong(at),
        r.getLong(at + 1),
        r.getLong(at + 2),
        r.getLong(at + 3),
        new Usage(
            r.getLong(at + 4),
            r.getLong(at + 5),
            r.getLong(at + 6),
            r.getLong(at + 7),
            r.getLong(at + 8),
            r.getLong(at + 9),
            r.getLong(at + 10),
            r.getLong(at + 11),
            ""),
        r.getLong(at + 12),
        r.getLong(at + 13),
        r.getLong(at + 14),
        r.getLong(at + 15),
        r.getLong(at + 16));
  }

  private static String value(ResultSet r, int at, Dimension dimension) throws SQLException {
    return switch (dimension) {
      case DAY -> Instant.ofEpochMilli(r.getLong(at) * DAY).toString().substring(0, 10);
      case HOUR -> Instant.ofEpochMilli(r.getLong(at) * HOUR).toString().substring(0, 13);
      case PROVIDER, MODEL, TENANT, KEY, SESSION, TASK_TYPE -> r.getString(at);
    };
  }

  private static String expression(Dimension dimension) {
    return switch (dimension) {
      case DAY -> "time_ms / " + DAY;
      case HOUR -> "time_ms / " + HOUR;
      case PROVIDER -> "provider";
      case MODEL -> "model";
      case TENANT -> "tenant";
      case KEY -> "caller_key";
      case SESSION -> "session";
      case TASK_TYPE -> "task_type";
    };
  }

  /** Bounds the request ids too: they begin with a time, and only they have an index. */
  private static String where(UsageQuery query) {
    StringBuilder where =
        new StringBuilder(
            " WHERE request_id >= ? AND request_id < ? AND time_ms >= ? AND time_ms < ?");
    for (Dimension dimension : query.filters().keySet()) {
      where.append(" AND ").append(expression(dimension)).append(" = ?");
    }
    return where.toString();
  }

  /** Binds the parameters of {@link #where}, and returns the index of the next parameter. */
  private static int bind(PreparedStatement statement, UsageQuery query) throws SQLException {
    int at = 1;
    statement.setString(at++, prefix(query.fromMillis() - MAX_CALL_MILLIS));
    statement.setString(at++, prefix(query.untilMillis()) + "g");
    statement.setLong(at++, query.fromMillis());
    statement.setLong(at++, query.untilMillis());
    for (Map.Entry<Dimension, String> only : query.filters().entrySet()) {
      statement.setString(at++, only.getValue());
    }
    return at;
  }

  /** The beginning of the id of a request of that time: twelve hexadecimal digits. */
  static String prefix(long millis) {
    long clamped = Math.clamp(millis, 0, (1L << 48) - 1);
    return Long.toHexString(1L << 48 | clamped).substring(1);
  }
}

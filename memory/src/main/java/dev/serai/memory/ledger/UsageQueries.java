package dev.serai.memory.ledger;

import dev.serai.core.request.Operation;
import dev.serai.core.usage.Dimension;
import dev.serai.core.usage.UsageQuery;
import dev.serai.core.usage.UsageRecord;
import dev.serai.memory.database.StoredText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Queries of the table {@code usage_attempt}. Values are always parameters, never part of the text
 * of a statement. Pure except for the connection.
 */
final class UsageQueries {
  private static final long DAY = 86_400_000L;

  /** The maximum time between the start of a request and that of its last attempt. */
  private static final long MAX_CALL_MILLIS = DAY;

  /** The condition for a time. Bounds the request ids too: only they have an index. */
  static final String IN_TIME =
      " WHERE request_id >= ? AND request_id < ? AND time_ms >= ? AND time_ms < ?";

  /** Added to a condition: a copy that an experiment makes does not concern the tenant. */
  private static final String NO_COPIES = " AND operation <> 'shadow'";

  private UsageQueries() {}

  /** The newest call to whose request the client gave this ID; ids begin with their time. */
  static final String NEWEST_OF_CLIENT =
      "SELECT request_id FROM usage_attempt WHERE client_request_id = ? AND terminal = 1"
          + " AND client_request_id <> '' AND (? = '' OR tenant = ?)"
          + " ORDER BY request_id DESC LIMIT 1";

  /**
   * The rows of a call by its id, or else by the one that its client gave the request.
   *
   * @param tenant whose calls are looked at, without copies; empty for every tenant, with copies
   */
  static List<UsageRecord> of(Connection connection, String id, String tenant) throws SQLException {
    String cleaned = StoredText.clean(id);
    List<UsageRecord> rows = ofCall(connection, cleaned);
    rows.removeIf(row -> !tenant.isEmpty() && !concerns(row, tenant));
    if (!rows.isEmpty()) {
      return rows;
    }
    try (PreparedStatement statement = connection.prepareStatement(NEWEST_OF_CLIENT)) {
      statement.setString(1, cleaned);
      statement.setString(2, tenant);
      statement.setString(3, tenant);
      try (ResultSet found = statement.executeQuery()) {
        return found.next() ? ofCall(connection, found.getString(1)) : List.of();
      }
    }
  }

  private static boolean concerns(UsageRecord row, String tenant) {
    return row.operation() != Operation.SHADOW && row.caller().tenant().equals(tenant);
  }

  private static List<UsageRecord> ofCall(Connection connection, String requestId)
      throws SQLException {
    String sql = UsageTable.SELECT + " WHERE request_id = ? ORDER BY attempt";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, requestId);
      return rows(statement);
    }
  }

  static List<UsageRecord> rows(Connection connection, UsageQuery query) throws SQLException {
    String sql =
        UsageTable.SELECT + where(query) + " ORDER BY request_id DESC, attempt DESC LIMIT ?";
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

  /** The column of a dimension that is not a time. */
  static String column(Dimension dimension) {
    return switch (dimension) {
      case PROVIDER -> "provider";
      case MODEL -> "model";
      case TENANT -> "tenant";
      case KEY -> "caller_key";
      case TEAM -> "team";
      case USER -> "caller_user";
      case SESSION -> "session";
      case TASK_TYPE -> "task_type";
      case TAG -> "tags";
      case DAY, HOUR -> throw new IllegalArgumentException("a time is not a column: " + dimension);
    };
  }

  private static String where(UsageQuery query) {
    return IN_TIME + (query.copies() ? "" : NO_COPIES) + only(query);
  }

  /** Binds the parameters of {@link #where}, and returns the index of the next parameter. */
  private static int bind(PreparedStatement statement, UsageQuery query) throws SQLException {
    int at = bindTime(statement, 1, query.fromMillis(), query.untilMillis());
    return bindOnly(statement, at, query);
  }

  /** The condition of the filters, to follow another one. */
  static String only(UsageQuery query) {
    StringBuilder only = new StringBuilder();
    for (Map.Entry<Dimension, String> filter : query.filters().entrySet()) {
      boolean isTag = filter.getKey() == Dimension.TAG;
      only.append(" AND ")
          .append(
              isTag ? StoredTags.condition(filter.getValue()) : column(filter.getKey()) + " = ?");
    }
    return only.toString();
  }

  /** Binds the parameters of {@link #only}, and returns the index of the next parameter. */
  static int bindOnly(PreparedStatement statement, int first, UsageQuery query)
      throws SQLException {
    int at = first;
    for (Map.Entry<Dimension, String> filter : query.filters().entrySet()) {
      String value = StoredText.clean(filter.getValue());
      statement.setString(at++, filter.getKey() == Dimension.TAG ? StoredTags.part(value) : value);
    }
    return at;
  }

  /** Binds the parameters of {@link #IN_TIME}, and returns the index of the next parameter. */
  static int bindTime(PreparedStatement statement, int first, long from, long until)
      throws SQLException {
    int at = first;
    statement.setString(at++, prefix(from - MAX_CALL_MILLIS));
    statement.setString(at++, prefix(until) + "g");
    statement.setLong(at++, from);
    statement.setLong(at++, until);
    return at;
  }

  /** The beginning of the id of a request of that time: twelve hexadecimal digits. */
  static String prefix(long millis) {
    long clamped = Math.clamp(millis, 0, (1L << 48) - 1);
    return Long.toHexString(1L << 48 | clamped).substring(1);
  }
}

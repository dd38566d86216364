package dev.serai.memory.ledger;

import dev.serai.core.usage.Dimension;
import dev.serai.core.usage.UsageQuery;
import dev.serai.core.usage.UsageTotals;
import dev.serai.memory.ledger.SumRange.Source;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Queries of totals. Whole days are read from {@code usage_day}, whole hours from {@code
 * usage_hour}, and only the rest of a time from the attempts: see {@link SumRange}. These sums have
 * copies that experiments make, and another part takes them off: they are few, and have an index of
 * their own. Pure except for the connection.
 */
final class UsageSums {
  private static final long DAY = 86_400_000L;
  private static final long HOUR = 3_600_000L;
  private static final int FETCH = 5000;

  /** A group whose rows are all taken off is left out. */
  private static final String SOME = " HAVING SUM(attempts_) > 0";

  private UsageSums() {}

  /** Receives the sums of one group; returns whether it wants more. */
  interface GroupSink {
    boolean accept(List<String> group, long[] sums);
  }

  /**
   * The totals of several queries over one connection. Those that differ only in their groups, as
   * the queries of a summary do, are answered by one query where that is possible.
   */
  static List<List<UsageTotals>> totals(Connection connection, List<UsageQuery> queries)
      throws SQLException {
    Map<UsageQuery, List<UsageTotals>> folded = folded(connection, queries);
    List<List<UsageTotals>> all = new ArrayList<>(queries.size());
    for (UsageQuery query : queries) {
      List<UsageTotals> known = folded.get(query);
      all.add(known == null ? totals(connection, query) : known);
    }
    return all;
  }

  private static Map<UsageQuery, List<UsageTotals>> folded(
      Connection connection, List<UsageQuery> queries) throws SQLException {
    Optional<SummaryFold> fold = SummaryFold.of(queries);
    if (fold.isEmpty()) {
      return Map.of();
    }
    read(connection, fold.get().query(), fold.get());
    return fold.get().totals();
  }

  private static List<UsageTotals> totals(Connection connection, UsageQuery query)
      throws SQLException {
    if (query.groupBy().contains(Dimension.TAG)) {
      TagFold fold = new TagFold(query);
      read(connection, fold.query(), fold);
      return fold.totals();
    }
    List<UsageTotals> totals = new ArrayList<>();
    read(connection, query, (group, sums) -> totals.add(UsageSumColumns.totals(group, sums)));
    return totals;
  }

  private static void read(Connection connection, UsageQuery query, GroupSink into)
      throws SQLException {
    List<SumRange> ranges = SumRange.of(query);
    try (PreparedStatement statement = connection.prepareStatement(sql(query, ranges))) {
      bind(statement, query, ranges);
      statement.setFetchSize(FETCH);
      read(statement, query.groupBy(), into);
    }
  }

  /** The statement for a query whose time has these parts. */
  static String sql(UsageQuery query, List<SumRange> ranges) {
    List<String> parts = new ArrayList<>(ranges.stream().map(range -> part(query, range)).toList());
    parts.add(copies(query));
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < query.groupBy().size(); i++) {
      groups.add("g" + i);
    }
    String by = String.join(", ", groups);
    return "SELECT "
        + (by.isEmpty() ? "" : by + ", ")
        + UsageSumColumns.TOTALS
        + " FROM ("
        + String.join(" UNION ALL ", parts)
        + ") AS parts"
        + (by.isEmpty() ? "" : " GROUP BY " + by + SOME + " ORDER BY " + by)
        + " LIMIT ?";
  }

  private static String part(UsageQuery query, SumRange range) {
    return "SELECT "
        + groups(query, range.source())
        + columns(range.source())
        + " FROM "
        + table(range.source())
        + UsageQueries.only(query);
  }

  private static String groups(UsageQuery query, Source source) {
    StringBuilder sql = new StringBuilder();
    for (int i = 0; i < query.groupBy().size(); i++) {
      sql.append(expression(query.groupBy().get(i), source)).append(" AS g").append(i).append(", ");
    }
    return sql.toString();
  }

  private static String copies(UsageQuery query) {
    return "SELECT "
        + groups(query, Source.ATTEMPTS)
        + UsageSumColumns.offCopies(!query.copies())
        + " FROM usage_attempt WHERE operation = 'shadow' AND time_ms >= ? AND time_ms < ?"
        + UsageQueries.only(query);
  }

  private static String columns(Source source) {
    return source == Source.ATTEMPTS ? UsageSumColumns.OF_ATTEMPT : UsageSumColumns.STORED;
  }

  /** The table with the condition for its time. */
  private static String table(Source source) {
    return switch (source) {
      case DAYS -> "usage_day WHERE day >= ? AND day < ?";
      case HOURS -> "usage_hour WHERE hour >= ? AND hour < ?";
      case ATTEMPTS -> "usage_attempt" + UsageQueries.IN_TIME;
    };
  }

  /** Binds the parameters of {@link #sql}. */
  static void bind(PreparedStatement statement, UsageQuery query, List<SumRange> ranges)
      throws SQLException {
    int at = 1;
    for (SumRange range : ranges) {
      at = bind(statement, at, range, query);
    }
    statement.setLong(at++, query.fromMillis());
    statement.setLong(at++, query.untilMillis());
    at = UsageQueries.bindOnly(statement, at, query);
    statement.setInt(at, query.limit());
  }

  private static int bind(PreparedStatement statement, int from, SumRange range, UsageQuery query)
      throws SQLException {
    int at = from;
    switch (range.source()) {
      case DAYS -> {
        statement.setLong(at++, range.fromMillis() / DAY);
        statement.setLong(at++, range.untilMillis() / DAY);
      }
      case HOURS -> {
        statement.setLong(at++, range.fromMillis() / HOUR);
        statement.setLong(at++, range.untilMillis() / HOUR);
      }
      case ATTEMPTS ->
          at = UsageQueries.bindTime(statement, at, range.fromMillis(), range.untilMillis());
    }
    return UsageQueries.bindOnly(statement, at, query);
  }

  private static void read(PreparedStatement statement, List<Dimension> groupBy, GroupSink into)
      throws SQLException {
    try (ResultSet result = statement.executeQuery()) {
      boolean more = true;
      while (more && result.next()) {
        List<String> group = new ArrayList<>(groupBy.size());
        for (Dimension dimension : groupBy) {
          group.add(value(result, group.size() + 1, dimension));
        }
        more = into.accept(group, UsageSumColumns.read(result, group.size() + 1));
      }
    }
  }

  private static String value(ResultSet r, int at, Dimension dimension) throws SQLException {
    return switch (dimension) {
      case DAY -> Instant.ofEpochMilli(r.getLong(at) * DAY).toString().substring(0, 10);
      case HOUR -> Instant.ofEpochMilli(r.getLong(at) * HOUR).toString().substring(0, 13);
      default -> r.getString(at);
    };
  }

  private static String expression(Dimension dimension, Source source) {
    return switch (dimension) {
      case DAY ->
          switch (source) {
            case DAYS -> "day";
            case HOURS -> "hour / 24";
            case ATTEMPTS -> "time_ms / " + DAY;
          };
      case HOUR -> source == Source.HOURS ? "hour" : "time_ms / " + HOUR;
      default -> UsageQueries.column(dimension);
    };
  }
}

package dev.serai.memory.ledger;

import dev.serai.core.usage.UsageRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds inserted rows to the sums by hour and by day, in the transaction that inserts them. For
 * SQLite: in PostgreSQL a trigger does the same once for each statement. Not thread-safe.
 */
final class UsageSumWriter {
  private static final long HOUR = 3_600_000L;
  private static final int HOURS_OF_DAY = 24;

  private final PreparedStatement hours;
  private final PreparedStatement days;
  private final Map<Hour, long[]> sums = new HashMap<>();

  /** What the rows of one sum share. */
  private record Hour(
      long hour,
      String tenant,
      String key,
      String taskType,
      String provider,
      String model,
      String team,
      String user) {}

  UsageSumWriter(Connection connection) throws SQLException {
    hours =
        connection.prepareStatement(
            upsert(
                "usage_hour",
                List.of(
                    "hour",
                    "tenant",
                    "caller_key",
                    "task_type",
                    "provider",
                    "model",
                    "team",
                    "caller_user")));
    days =
        connection.prepareStatement(
            upsert(
                "usage_day", List.of("day", "tenant", "task_type", "provider", "model", "team")));
  }

  private static String upsert(String table, List<String> key) {
    List<String> columns = new ArrayList<>(key);
    columns.addAll(UsageSumColumns.NAMES);
    List<String> added =
        UsageSumColumns.NAMES.stream()
            .map(name -> name + " = " + table + "." + name + " + excluded." + name)
            .toList();
    return "INSERT INTO "
        + table
        + " ("
        + String.join(", ", columns)
        + ") VALUES (?"
        + ", ?".repeat(columns.size() - 1)
        + ") ON CONFLICT ("
        + String.join(", ", key)
        + ") DO UPDATE SET "
        + String.join(", ", added);
  }

  /** Takes a row that was inserted. */
  void add(UsageRecord row) {
    Hour hour =
        new Hour(
            row.timeMillis() / HOUR,
            row.caller().tenant(),
            row.caller().key(),
            row.caller().taskType(),
            row.candidate().provider(),
            row.candidate().model(),
            row.caller().team(),
            row.caller().user());
    UsageSumColumns.add(row, sums.computeIfAbsent(hour, k -> new long[UsageSumColumns.COUNT]));
  }

  /** Adds what was taken to the tables; does not commit. */
  void write() throws SQLException {
    for (Map.Entry<Hour, long[]> sum : sums.entrySet()) {
      Hour of = sum.getKey();
      bind(
          hours,
          sum.getValue(),
          of.hour,
          of.tenant,
          of.key,
          of.taskType,
          of.provider,
          of.model,
          of.team,
          of.user);
      long day = of.hour / HOURS_OF_DAY;
      bind(days, sum.getValue(), day, of.tenant, of.taskType, of.provider, of.model, of.team);
    }
    sums.clear();
    hours.executeBatch();
    days.executeBatch();
  }

  private static void bind(PreparedStatement statement, long[] sum, Object... key)
      throws SQLException {
    int at = 1;
    for (Object value : key) {
      statement.setObject(at++, value);
    }
    for (long value : sum) {
      statement.setLong(at++, value);
    }
    statement.addBatch();
  }
}

package dev.serai.memory.ledger;

import dev.serai.core.call.Call.Outcome;
import dev.serai.core.chat.Usage;
import dev.serai.core.usage.UsageRecord;
import dev.serai.core.usage.UsageTotals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * The columns of sums, in the tables {@code usage_hour} and {@code usage_day} and in queries. Pure.
 */
final class UsageSumColumns {
  /** A name, and the expression that sums it from rows of {@code usage_attempt}. */
  private record Column(String name, String expression) {
    String as() {
      return " AS " + name + "_";
    }

    String negative() {
      return "-(" + expression + ")";
    }
  }

  private static final List<Column> COLUMNS =
      List.of(
          new Column("requests", "terminal"),
          new Column("failed", "CASE WHEN terminal = 1 AND outcome = 1 THEN 1 ELSE 0 END"),
          new Column("cancelled", "CASE WHEN terminal = 1 AND outcome = 2 THEN 1 ELSE 0 END"),
          new Column("attempts", "1"),
          delivered("input_tokens"),
          delivered("output_tokens"),
          delivered("cached_tokens"),
          delivered("cache_write_tokens"),
          delivered("reasoning_tokens"),
          delivered("cache_hour_tokens"),
          delivered("audio_in_tokens"),
          delivered("audio_out_tokens"),
          delivered("cost_nano_usd"),
          new Column(
              "undelivered_nano_usd",
              "CASE WHEN delivered = 0 THEN COALESCE(cost_nano_usd, 0) ELSE 0 END"),
          new Column("priced", "CASE WHEN cost_nano_usd IS NULL THEN 0 ELSE 1 END"),
          new Column(
              "unpriced",
              "CASE WHEN cost_nano_usd IS NULL AND input_tokens + output_tokens > 0"
                  + " THEN 1 ELSE 0 END"),
          new Column("estimated", "estimated"));

  static final int COUNT = COLUMNS.size();
  static final List<String> NAMES = COLUMNS.stream().map(Column::name).toList();

  /** The sums of a row of {@code usage_attempt}, named as in the other tables. */
  static final String OF_ATTEMPT =
      String.join(", ", COLUMNS.stream().map(c -> c.expression() + c.as()).toList());

  /** The columns of {@code usage_hour} and {@code usage_day}, named in the same way. */
  static final String STORED =
      String.join(", ", NAMES.stream().map(name -> name + " AS " + name + "_").toList());

  /** Sums of the columns that {@link #OF_ATTEMPT} and {@link #STORED} name. */
  static final String TOTALS =
      String.join(", ", NAMES.stream().map(name -> "COALESCE(SUM(" + name + "_), 0)").toList());

  /** Copies that experiments make are not calls of the tenant, although each has a last row. */
  private static final Set<String> OF_CALLS = Set.of("requests", "failed", "cancelled");

  private UsageSumColumns() {}

  /**
   * What rows of copies have added to the sums, negative and named as in the other tables.
   *
   * @param all whether nothing of a copy counts; otherwise it counts for all but calls
   */
  static String offCopies(boolean all) {
    return String.join(
        ", ",
        COLUMNS.stream()
            .map(c -> (all || OF_CALLS.contains(c.name()) ? c.negative() : "0") + c.as())
            .toList());
  }

  private static Column delivered(String column) {
    return new Column(
        column, "CASE WHEN delivered = 1 THEN COALESCE(" + column + ", 0) ELSE 0 END");
  }

  /** Adds a row to sums in the order of {@link #NAMES}. */
  static void add(UsageRecord row, long[] sums) {
    Usage usage = row.usage();
    boolean priced = row.costNanoUsd().isPresent();
    long cost = row.costNanoUsd().orElse(0);
    long delivered = row.delivered() ? 1 : 0;
    long[] one = {
      bit(row.terminal()),
      bit(row.terminal() && row.outcome() == Outcome.FAILED),
      bit(row.terminal() && row.outcome() == Outcome.CANCELLED),
      1,
      delivered * usage.input(),
      delivered * usage.output(),
      delivered * usage.cached(),
      delivered * usage.cacheWritten(),
      delivered * usage.reasoning(),
      delivered * usage.cacheWrittenHour(),
      delivered * usage.audioInput(),
      delivered * usage.audioOutput(),
      delivered * cost,
      (1 - delivered) * cost,
      bit(priced),
      bit(!priced && usage.input() + usage.output() > 0),
      bit(row.estimated())
    };
    for (int i = 0; i < COUNT; i++) {
      sums[i] += one[i];
    }
  }

  private static long bit(boolean value) {
    return value ? 1 : 0;
  }

  /** Reads the sums of a row of a result, which begin at a column. */
  static long[] read(ResultSet r, int first) throws SQLException {
    long[] sums = new long[COUNT];
    for (int i = 0; i < COUNT; i++) {
      sums[i] = r.getLong(first + i);
    }
    return sums;
  }

  static UsageTotals totals(List<String> group, long[] s) {
    return new UsageTotals(
        group,
        s[0],
        s[1],
        s[2],
        s[3],
        new Usage(s[4], s[5], s[6], s[7], s[8], s[9], s[10], s[11], ""),
        s[12],
        s[13],
        s[14],
        s[15],
        s[16]);
  }
}

package dev.serai.memory.experiments;

import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import dev.serai.core.experiment.result.ObservedCall;
import dev.serai.memory.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the calls of an experiment from the ledger. Pure except for the connection. */
public final class ObservedCalls {
  /** The highest number of calls that are read; they are in memory for a moment. */
  public static final int MAX = 100_000;

  private static final int CANCELLED = 2;

  private static final String SELECT =
      "SELECT request_id, variant, MAX(tenant), MAX(caller_key), MAX(caller_user), MAX(session),"
          + " MAX(CASE WHEN terminal = 1 THEN outcome ELSE 0 END), SUM(latency_us),"
          + " SUM(cost_nano_usd), (SELECT AVG(value) FROM feedback"
          + " WHERE feedback.request_id = decision_of AND metric = '')"
          + " FROM usage_decision JOIN usage_attempt ON request_id = decision_of"
          + " WHERE experiment = ? AND experiment <> ''"
          + " GROUP BY decision_of, request_id, variant ORDER BY decision_of LIMIT "
          + MAX;

  private ObservedCalls() {}

  /**
   * Those that were not cancelled, the oldest first, of the first {@link #MAX}.
   *
   * @throws SQLException if the database fails
   */
  public static List<ObservedCall> of(Connection connection, String experiment)
      throws SQLException {
    List<ObservedCall> calls = new ArrayList<>();
    try (PreparedStatement read = Sql.bound(connection, SELECT, experiment);
        ResultSet row = read.executeQuery()) {
      while (row.next()) {
        if (row.getInt(7) != CANCELLED) {
          calls.add(call(row));
        }
      }
    }
    return calls;
  }

  private static ObservedCall call(ResultSet row) throws SQLException {
    Identity identity = Identity.recorded(row.getString(3), "", row.getString(5), row.getString(4));
    long nanoUsd = row.getLong(9);
    OptionalLong cost = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(nanoUsd);
    double mean = row.getDouble(10);
    OptionalDouble score = row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(mean);
    return new ObservedCall(
        row.getString(1),
        new Caller(identity, row.getString(6), "", Set.of()),
        row.getString(2),
        row.getInt(7) == 0,
        score,
        cost,
        row.getLong(8));
  }
}

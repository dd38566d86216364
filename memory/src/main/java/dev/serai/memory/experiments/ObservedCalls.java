package dev.serai.memory.experiments;

import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import dev.serai.core.experiment.Experiment;
import dev.serai.core.experiment.result.ObservedCall;
import dev.serai.core.experiment.result.ObservedCall.Kind;
import dev.serai.memory.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the calls of an experiment from the ledger. Pure except for the connection. */
public final class ObservedCalls {
  /** The driver of PostgreSQL would hold all rows at once without it. */
  private static final int FETCH = 1_000;

  private static final String SELECT =
      "SELECT request_id, variant, MAX(usage_attempt.tenant), MAX(caller_key), MAX(caller_user),"
          + " MAX(session), MAX(CASE WHEN terminal = 1 THEN outcome ELSE 0 END), SUM(latency_us),"
          + " SUM(cost_nano_usd), (SELECT AVG(value) FROM feedback"
          + " WHERE feedback.request_id = decision_of AND metric = '')"
          + " FROM usage_decision JOIN usage_attempt ON request_id = decision_of"
          // another experiment may have had its ID before
          + " JOIN experiment e ON e.id = usage_decision.experiment"
          + " AND e.tenant = usage_attempt.tenant AND e.created_ms <= usage_attempt.time_ms"
          + " WHERE usage_decision.experiment = ? AND usage_decision.experiment <> ''"
          + " AND decision_of >= ? AND ";

  private static final String REST =
      " GROUP BY decision_of, request_id, variant"
          + " HAVING MAX(CASE WHEN terminal = 1 THEN outcome ELSE 0 END) <> 2" // cancelled
          + " ORDER BY decision_of LIMIT ?";

  private static final String SELECT_CALLS = SELECT + "operation <> 'shadow'" + REST;
  private static final String SELECT_COPIES = SELECT + "operation = 'shadow'" + REST;

  private ObservedCalls() {}

  /**
   * Those of the current round that were not cancelled, the oldest first.
   *
   * @param most how many are read, at most; they are in memory for a moment
   * @throws SQLException if the database fails
   */
  public static List<ObservedCall> of(
      Connection connection, Experiment experiment, Kind kind, int most) throws SQLException {
    String select = kind == Kind.CALLS ? SELECT_CALLS : SELECT_COPIES;
    List<ObservedCall> calls = new ArrayList<>();
    String first = firstId(experiment.rounds().sinceMillis());
    try (PreparedStatement read = Sql.bound(connection, select, experiment.id(), first, most)) {
      read.setFetchSize(FETCH);
      try (ResultSet row = read.executeQuery()) {
        while (row.next()) {
          calls.add(call(row));
        }
      }
    }
    return calls;
  }

  /** The IDs of requests begin with their time, in twelve hex digits. */
  private static String firstId(long millis) {
    return HexFormat.of().toHexDigits(millis, 12);
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

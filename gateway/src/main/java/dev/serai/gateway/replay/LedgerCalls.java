package dev.serai.gateway.replay;

import dev.serai.core.offpolicy.PastCall;
import dev.serai.core.routing.Decision.Choice;
import dev.serai.core.usage.Dimension;
import dev.serai.core.usage.RecordedDecision;
import dev.serai.core.usage.UsageQuery;
import dev.serai.core.usage.UsageRecord;
import dev.serai.memory.database.Database;
import dev.serai.memory.feedback.StoredFeedback;
import dev.serai.memory.ledger.PastUsage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads calls of the past from the ledger. Pure except for the database. */
final class LedgerCalls {
  private static final double NANO_USD = 1e-9;
  private static final double MICROS = 1e3;

  private LedgerCalls() {}

  /**
   * The calls that the arguments ask for.
   *
   * @throws SQLException if the database fails
   */
  static List<PastCall> read(Database database, ReplayArguments line) throws SQLException {
    Map<Dimension, String> filters =
        line.option("tenant").map(tenant -> Map.of(Dimension.TENANT, tenant)).orElse(Map.of());
    UsageQuery query =
        new UsageQuery(line.fromMillis(), line.untilMillis(), filters, List.of(), line.limit());
    try (Connection connection = database.connect()) {
      List<UsageRecord> rows = PastUsage.rows(connection, query);
      PastCalls calls = new PastCalls(scores(connection, rows));
      rows.stream()
          .filter(row -> line.option("model").map(row.requestedModel()::equals).orElse(true))
          .forEach(row -> calls.add(row(row)));
      return calls.calls();
    }
  }

  private static Map<String, Double> scores(Connection connection, List<UsageRecord> rows)
      throws SQLException {
    return rows.isEmpty()
        ? Map.of()
        : StoredFeedback.scores(
            connection, rows.getLast().requestId(), rows.getFirst().requestId());
  }

  /** Whether the row is of another candidate than the chosen one, which was asked beside it. */
  private static boolean isOfHedge(UsageRecord row, RecordedDecision made) {
    boolean chosen =
        made.choice().equals(Choice.PRIMARY.label())
            || made.choice().equals(Choice.EXPLORE.label());
    return chosen
        && !made.candidates().isEmpty()
        && !made.candidates().getFirst().equals(row.candidate());
  }

  private static PastCalls.Row row(UsageRecord row) {
    OptionalDouble usd =
        row.costNanoUsd().isPresent()
            ? OptionalDouble.of(row.costNanoUsd().getAsLong() * NANO_USD)
            : OptionalDouble.empty();
    Optional<RecordedDecision> made = row.decision().filter(one -> !isOfHedge(row, one));
    return new PastCalls.Row(
        row.requestId(),
        row.attempt(),
        new PastCalls.Asked(row.requestedModel(), row.caller().tenant(), row.timeMillis()),
        row.candidate(),
        new PastCalls.Ended(
            row.outcome().name().toLowerCase(Locale.ROOT),
            row.problem().orElse(""),
            row.cause().orElse(""),
            usd,
            row.latencyMicros() / MICROS),
        made.map(one -> new PastCalls.Choice(one.source(), one.propensity(), one.features())));
  }
}

package dev.serai.memory.ledger;

import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import dev.serai.core.chat.Usage;
import dev.serai.core.request.Operation;
import dev.serai.core.routing.Candidate;
import dev.serai.core.usage.UsageRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads rows of the table {@code usage_attempt}. Pure. */
final class UsageTable {
  static final String COLUMNS =
      "request_id, attempt, terminal, time_ms, tenant, caller_key, session, task_type, surface,"
          + " operation, asked, provider, model, outcome, problem, streamed, delivered, estimated,"
          + " input_tokens, output_tokens, cached_tokens, cache_write_tokens, cache_hour_tokens,"
          + " reasoning_tokens, audio_in_tokens, audio_out_tokens, tier, cost_nano_usd, latency_us,"
          + " first_token_us, dropped, cause, client_request_id,"
          + " team, caller_user, tags";

  /** Reads whole rows, with {@link #COLUMNS} and then the decision. */
  static final String SELECT =
      "SELECT "
          + COLUMNS
          + ", "
          + DecisionTable.COLUMNS
          + " FROM usage_attempt"
          + DecisionTable.JOIN;

  private static final int DECISION = 37;

  private UsageTable() {}

  /** Reads the current row of a result of {@link #SELECT}. */
  static UsageRecord row(ResultSet r) throws SQLException {
    return new UsageRecord(
        r.getString(1),
        r.getString(33),
        r.getInt(2),
        r.getInt(3) == 1,
        r.getLong(4),
        caller(r),
        r.getString(9),
        operation(r.getString(10)),
        r.getString(11),
        new Candidate(r.getString(12), r.getString(13)),
        StoredCodes.outcome(r.getInt(14)),
        Optional.ofNullable(r.getString(15)),
        Optional.of(r.getString(32)).filter(cause -> !cause.isEmpty()),
        r.getInt(16) == 1,
        r.getInt(17) == 1,
        new Usage(
            r.getLong(19),
            r.getLong(20),
            r.getLong(21),
            r.getLong(22),
            r.getLong(24),
            r.getLong(23),
            r.getLong(25),
            r.getLong(26),
            r.getString(27)),
        r.getInt(18) == 1,
        optional(r, 28),
        r.getLong(29),
        optional(r, 30),
        r.getString(31).isEmpty() ? List.of() : List.of(r.getString(31).split(",")),
        DecisionTable.read(r, DECISION));
  }

  private static Caller caller(ResultSet r) throws SQLException {
    Identity identity =
        Identity.recorded(r.getString(5), r.getString(34), r.getString(35), r.getString(6));
    Set<String> tags = Set.copyOf(StoredTags.of(r.getString(36)));
    return new Caller(identity, r.getString(7), r.getString(8), tags);
  }

  private static Operation operation(String word) {
    for (Operation operation : Operation.values()) {
      if (operation.label().equals(word)) {
        return operation;
      }
    }
    return Operation.CHAT;
  }

  private static OptionalLong optional(ResultSet r, int column) throws SQLException {
    long value = r.getLong(column);
    return r.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }
}

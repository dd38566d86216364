package dev.serai.memory.ledger;

import dev.serai.core.call.Call.Outcome;
import dev.serai.core.call.Caller;
import dev.serai.core.call.Candidate;
import dev.serai.core.chat.Usage;
import dev.serai.core.request.Operation;
import dev.serai.core.usage.UsageRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Rows of the table {@code usage_attempt}. Pure but for the connection it is given. */
final class UsageTable {
  static final String COLUMNS =
      "request_id, attempt, terminal, time_ms, tenant, caller_key, session, task_type, surface,"
          + " operation, asked, provider, model, outcome, problem, streamed, delivered, estimated,"
          + " input_tokens, output_tokens, cached_tokens, cache_write_tokens, cache_hour_tokens,"
          + " reasoning_tokens, audio_in_tokens, audio_out_tokens, tier, cost_nano_usd, latency_us,"
          + " first_token_us, dropped";
  private static final String INSERT =
      "INSERT INTO usage_attempt (" + COLUMNS + ") VALUES (?" + ", ?".repeat(30) + ")";

  /** What is there already stays as it is: a batch may come twice. */
  private static final String ONCE = " ON CONFLICT DO NOTHING";

  /** The usual row: one attempt, answered, nothing special. Fewer values cost less. */
  private static final String INSERT_USUAL =
      "INSERT INTO usage_attempt (request_id, attempt, terminal, time_ms, surface, asked, provider,"
          + " model, streamed, input_tokens, output_tokens, cached_tokens, reasoning_tokens,"
          + " cost_nano_usd, latency_us, first_token_us)"
          + " VALUES (?, 1, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final int BATCH = 512;

  private UsageTable() {}

  /** Adds rows within the connection's transaction, without those that are there already. */
  static void add(Connection connection, List<UsageRecord> rows) throws SQLException {
    try (PreparedStatement usual = connection.prepareStatement(INSERT_USUAL + ONCE);
        PreparedStatement any = connection.prepareStatement(INSERT + ONCE)) {
      int usuals = 0;
      int others = 0;
      for (UsageRecord row : rows) {
        if (isUsual(row)) {
          bindUsual(usual, row);
          usual.addBatch();
          usuals = flushed(usual, usuals + 1);
        } else {
          bind(any, row);
          any.addBatch();
          others = flushed(any, others + 1);
        }
      }
      if (usuals > 0) {
        usual.executeBatch();
      }
      if (others > 0) {
        any.executeBatch();
      }
    }
  }

  private static int flushed(PreparedStatement statement, int collected) throws SQLException {
    if (collected < BATCH) {
      return collected;
    }
    statement.executeBatch();
    return 0;
  }

  private static boolean isUsual(UsageRecord row) {
    Usage usage = row.usage();
    boolean plainUsage =
        (usage.cacheWritten() | usage.cacheWrittenHour() | usage.audioInput() | usage.audioOutput())
                == 0
            && usage.tier().isEmpty();
    return plainUsage
        && row.operation() == Operation.CHAT
        && row.attempt() == 1
        && row.terminal()
        && row.delivered()
        && !row.estimated()
        && row.outcome() == Outcome.ANSWERED
        && row.problem().isEmpty()
        && row.dropped().isEmpty()
        && row.caller().equals(Caller.ANYONE);
  }

  private static void bindUsual(PreparedStatement s, UsageRecord row) throws SQLException {
    int at = 1;
    s.setString(at++, row.requestId());
    s.setLong(at++, row.timeMillis());
    s.setString(at++, row.surface());
    s.setString(at++, row.asked());
    s.setString(at++, row.candidate().provider());
    s.setString(at++, row.candidate().model());
    s.setInt(at++, row.streamed() ? 1 : 0);
    s.setLong(at++, row.usage().input());
    s.setLong(at++, row.usage().output());
    s.setLong(at++, row.usage().cached());
    s.setLong(at++, row.usage().reasoning());
    set(s, at++, row.costNanoUsd());
    s.setLong(at++, row.latencyMicros());
    set(s, at, row.firstTokenMicros());
  }

  private static void bind(PreparedStatement s, UsageRecord row) throws SQLException {
    int at = 1;
    s.setString(at++, row.requestId());
    s.setInt(at++, row.attempt());
    s.setInt(at++, row.terminal() ? 1 : 0);
    s.setLong(at++, row.timeMillis());
    s.setString(at++, row.caller().tenant());
    s.setString(at++, row.caller().key());
    s.setString(at++, row.caller().session());
    s.setString(at++, row.caller().taskType());
    s.setString(at++, row.surface());
    s.setString(at++, row.operation().word());
    s.setString(at++, row.asked());
    s.setString(at++, row.candidate().provider());
    s.setString(at++, row.candidate().model());
    s.setInt(at++, row.outcome().ordinal());
    if (row.problem().isPresent()) {
      s.setString(at++, row.problem().get());
    } else {
      s.setNull(at++, Types.VARCHAR);
    }
    s.setInt(at++, row.streamed() ? 1 : 0);
    s.setInt(at++, row.delivered() ? 1 : 0);
    s.setInt(at++, row.estimated() ? 1 : 0);
    at = bind(s, at, row.usage());
    set(s, at++, row.costNanoUsd());
    s.setLong(at++, row.latencyMicros());
    set(s, at++, row.firstTokenMicros());
    s.setString(at, String.join(",", row.dropped()));
  }

  private static int bind(PreparedStatement s, int from, Usage usage) throws SQLException {
    int at = from;
    s.setLong(at++, usage.input());
    s.setLong(at++, usage.output());
    s.setLong(at++, usage.cached());
    s.setLong(at++, usage.cacheWritten());
    s.setLong(at++, usage.cacheWrittenHour());
    s.setLong(at++, usage.reasoning());
    s.setLong(at++, usage.audioInput());
    s.setLong(at++, usage.audioOutput());
    s.setString(at++, usage.tier());
    return at;
  }

  private static void set(PreparedStatement s, int at, OptionalLong value) throws SQLException {
    if (value.isPresent()) {
      s.setLong(at, value.getAsLong());
    } else {
      s.setNull(at, Types.BIGINT);
    }
  }

  /** The row at which the result stands, of {@link #COLUMNS}. */
  static UsageRecord row(ResultSet r) throws SQLException {
    return new UsageRecord(
        r.getString(1),
        r.getInt(2),
        r.getInt(3) == 1,
        r.getLong(4),
        new Caller(r.getString(5), r.getString(6), r.getString(7), r.getString(8)),
        r.getString(9),
        operation(r.getString(10)),
        r.getString(11),
        new Candidate(r.getString(12), r.getString(13)),
        Outcome.values()[r.getInt(14)],
        Optional.ofNullable(r.getString(15)),
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
        r.getString(31).isEmpty() ? List.of() : List.of(r.getString(31).split(",")));
  }

  private static Operation operation(String word) {
    for (Operation operation : Operation.values()) {
      if (operation.word().equals(word)) {
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

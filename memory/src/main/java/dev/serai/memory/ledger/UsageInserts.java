package dev.serai.memory.ledger;

import dev.serai.core.call.Call.Outcome;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.Usage;
import dev.serai.core.request.Operation;
import dev.serai.core.usage.UsageRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.OptionalLong;

/**
 * Inserts rows into the table {@code usage_attempt} over one connection. The statements are
 * prepared once for each connection: to prepare them for every batch would cost a seventh of the
 * cost of a row. Not thread-safe.
 */
final class UsageInserts {
  private static final String INSERT =
      "INSERT INTO usage_attempt (" + UsageTable.COLUMNS + ") VALUES (?" + ", ?".repeat(30) + ")";

  /** A row that exists stays unchanged: a batch may be written twice. */
  private static final String ONCE = " ON CONFLICT DO NOTHING";

  /** The common row: one attempt, successful, nothing special. Fewer values cost less. */
  private static final String INSERT_COMMON =
      "INSERT INTO usage_attempt (request_id, attempt, terminal, time_ms, surface, asked, provider,"
          + " model, streamed, input_tokens, output_tokens, cached_tokens, reasoning_tokens,"
          + " cost_nano_usd, latency_us, first_token_us)"
          + " VALUES (?, 1, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final int BATCH = 512;

  private final Connection connection;
  private final PreparedStatement common;
  private final PreparedStatement any;

  UsageInserts(Connection connection) throws SQLException {
    this.connection = connection;
    this.common = connection.prepareStatement(INSERT_COMMON + ONCE);
    this.any = connection.prepareStatement(INSERT + ONCE);
  }

  /** Inserts the rows that do not exist yet, and commits. */
  void add(List<UsageRecord> rows) throws SQLException {
    int commons = 0;
    int others = 0;
    for (UsageRecord row : rows) {
      if (isCommon(row)) {
        bindCommon(common, row);
        commons = collected(common, commons + 1);
      } else {
        bind(any, row);
        others = collected(any, others + 1);
      }
    }
    if (commons > 0) {
      common.executeBatch();
    }
    if (others > 0) {
      any.executeBatch();
    }
    connection.commit();
  }

  private static int collected(PreparedStatement statement, int collected) throws SQLException {
    statement.addBatch();
    if (collected < BATCH) {
      return collected;
    }
    statement.executeBatch();
    return 0;
  }

  private static boolean isCommon(UsageRecord row) {
    return isPlain(row.usage())
        && row.operation() == Operation.CHAT
        && row.attempt() == 1
        && row.terminal()
        && row.delivered()
        && !row.estimated()
        && row.outcome() == Outcome.ANSWERED
        && row.problem().isEmpty()
        && row.dropped().isEmpty()
        && row.caller().equals(Caller.ANONYMOUS);
  }

  private static boolean isPlain(Usage usage) {
    long further =
        usage.cacheWritten() | usage.cacheWrittenHour() | usage.audioInput() | usage.audioOutput();
    return further == 0 && usage.tier().isEmpty();
  }

  private static void bindCommon(PreparedStatement s, UsageRecord row) throws SQLException {
    int at = 1;
    s.setString(at++, row.requestId());
    s.setLong(at++, row.timeMillis());
    s.setString(at++, row.surface());
    s.setString(at++, row.requestedModel());
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
    s.setString(at++, row.operation().label());
    s.setString(at++, row.requestedModel());
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
}

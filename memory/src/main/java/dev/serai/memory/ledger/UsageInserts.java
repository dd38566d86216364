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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Inserts rows into the table {@code usage_attempt} over one connection. The statements are
 * prepared once for each connection: to prepare them for every batch would cost a seventh of the
 * cost of a row. Not thread-safe.
 */
final class UsageInserts {
  private static final String INSERT =
      "INSERT INTO usage_attempt (" + UsageTable.COLUMNS + ") VALUES (?" + ", ?".repeat(35) + ")";

  /** A row that exists stays unchanged: a batch may be written twice. */
  private static final String ONCE = " ON CONFLICT DO NOTHING";

  /** The common row: one attempt, successful, nothing special. Fewer values cost less. */
  private static final String INSERT_COMMON =
      "INSERT INTO usage_attempt (request_id, attempt, terminal, time_ms, surface, asked, provider,"
          + " model, streamed, input_tokens, output_tokens, cached_tokens, reasoning_tokens,"
          + " cost_nano_usd, latency_us, first_token_us)"
          + " VALUES (?, 1, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  /** Only if there is no row of the call. */
  private static final String INSERT_IF_UNKNOWN =
      "INSERT INTO usage_attempt ("
          + UsageTable.COLUMNS
          + ") SELECT ?"
          + ", ?".repeat(35)
          + " WHERE NOT EXISTS (SELECT 1 FROM usage_attempt WHERE request_id = ?)";

  private static final int BATCH = 512;

  private final Connection connection;
  private final Collected common;
  private final Collected any;
  private final Collected interrupted;
  private final PreparedStatement decisions;
  private final Optional<UsageSumWriter> sums;

  /** Rows that were bound to a statement and wait to be inserted. */
  private record Collected(PreparedStatement statement, List<UsageRecord> rows) {}

  /**
   * @param addToSums whether the rows must be added to the sums here, because the database has no
   *     trigger for that
   */
  UsageInserts(Connection connection, boolean addToSums) throws SQLException {
    this.connection = connection;
    this.common = collected(INSERT_COMMON + ONCE);
    this.any = collected(INSERT + ONCE);
    this.interrupted = collected(INSERT_IF_UNKNOWN + ONCE);
    this.decisions = connection.prepareStatement(DecisionTable.INSERT);
    this.sums = addToSums ? Optional.of(new UsageSumWriter(connection)) : Optional.empty();
  }

  private Collected collected(String sql) throws SQLException {
    return new Collected(connection.prepareStatement(sql), new ArrayList<>(BATCH));
  }

  /** Inserts the rows that do not exist yet, with their sums, and commits. */
  void add(List<UsageRecord> rows) throws SQLException {
    int decided = 0;
    for (UsageRecord row : rows) {
      if (isCommon(row)) {
        bindCommon(common.statement, row);
        collect(common, row);
      } else if (StartCodec.isInterrupted(row)) {
        bind(interrupted.statement, row);
        interrupted.statement.setString(37, row.requestId());
        interrupted.statement.addBatch();
        interrupted.rows.add(row);
      } else {
        bind(any.statement, row);
        collect(any, row);
      }
      if (row.decision().isPresent()) {
        DecisionTable.bind(decisions, row.requestId(), row.decision().get());
        decisions.addBatch();
        decided++;
      }
    }
    if (decided > 0) {
      decisions.executeBatch();
    }
    insert(common);
    insert(any);
    insert(interrupted); // last: the other rows of such a call may be in the same batch
    if (sums.isPresent()) {
      sums.get().write();
    }
    connection.commit();
  }

  private void collect(Collected into, UsageRecord row) throws SQLException {
    into.statement.addBatch();
    into.rows.add(row);
    if (into.rows.size() == BATCH) {
      insert(into);
    }
  }

  /** Inserts what was collected. A row that exists already counts as no change. */
  private void insert(Collected collected) throws SQLException {
    if (collected.rows.isEmpty()) {
      return;
    }
    int[] changes = collected.statement.executeBatch();
    for (int i = 0; i < changes.length; i++) {
      if (changes[i] != 0 && sums.isPresent()) {
        sums.get().add(collected.rows.get(i));
      }
    }
    collected.rows.clear();
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
        && row.clientRequestId().isEmpty()
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
    s.setInt(at++, StoredCodes.of(row.outcome()));
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
    s.setString(at++, String.join(",", row.dropped()));
    s.setString(at++, row.cause().orElse(""));
    s.setString(at++, row.clientRequestId());
    s.setString(at++, row.caller().team());
    s.setString(at++, row.caller().user());
    s.setString(at, StoredTags.text(row.caller().allTags()));
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

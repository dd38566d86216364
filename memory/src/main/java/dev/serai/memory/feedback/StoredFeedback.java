package dev.serai.memory.feedback;

import dev.serai.core.feedback.Feedback;
import dev.serai.core.feedback.FeedbackStore;
import dev.serai.core.keys.KeyQuery;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.cause.CloseAll;
import dev.serai.memory.database.ChangeWriter;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.DatabaseReader;
import dev.serai.memory.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Stores feedback in the database. One change waits for another, in all gateways, so that each sees
 * the scores that the ones before it have left. Thread-safe.
 */
public final class StoredFeedback implements FeedbackStore, AutoCloseable {
  private static final String WHAT = "feedback";

  /** The mean of the scores, that of a judge, and the sum of what was observed. */
  private static final String QUALITY =
      "AVG(CASE WHEN metric = '' THEN value END),"
          + " MAX(CASE WHEN metric = 'serai:judge' THEN value END),"
          + " SUM(CASE WHEN metric IN ('serai:abort', 'serai:retry', 'serai:tool', 'serai:format')"
          + " THEN value END)";

  private final DatabaseReader reader;
  private final ChangeWriter writer;

  /** Opens nothing yet. */
  public StoredFeedback(Database database) {
    reader = new DatabaseReader(database, WHAT);
    writer = new ChangeWriter(database, WHAT, new Counted());
  }

  /** Locks the count until the end of the transaction. */
  private static final class Counted implements ChangeWriter.Around {
    @Override
    public void begin(Connection connection) throws SQLException {
      Sql.run(connection, "UPDATE feedback_count SET last = last + 1");
    }

    @Override
    public void stored(Connection connection) {}
  }

  @Override
  public Change put(Feedback given) {
    return writer.run(
        connection -> {
          OptionalDouble before = quality(connection, given.requestId());
          write(connection, given);
          requireRoom(connection, given.requestId());
          return new Change(before, quality(connection, given.requestId()));
        });
  }

  private static void write(Connection connection, Feedback given) throws SQLException {
    Sql.run(
        connection,
        "INSERT INTO feedback (number, request_id, caller_key, metric, tenant, value, remark,"
            + " given_ms) VALUES ((SELECT last FROM feedback_count), ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (request_id, caller_key, metric) DO UPDATE SET"
            + " number = excluded.number, value = excluded.value, remark = excluded.remark,"
            + " given_ms = excluded.given_ms",
        given.requestId(),
        given.key(),
        given.metric().orElse(""),
        given.tenant(),
        given.value(),
        given.comment(),
        given.givenMillis());
  }

  private static void requireRoom(Connection connection, String requestId) throws SQLException {
    String sql = "SELECT COUNT(*) FROM feedback WHERE request_id = ?";
    try (PreparedStatement read = Sql.bound(connection, sql, requestId);
        ResultSet row = read.executeQuery()) {
      if (row.next() && row.getInt(1) > Feedback.MAX_OF_CALL) {
        throw new CallerProblem(
            409,
            "too_much_feedback",
            "There are " + Feedback.MAX_OF_CALL + " entries of feedback on this call already.",
            Optional.of("request_id"));
      }
    }
  }

  /** The quality of a call; empty if nothing is known of it. */
  private static OptionalDouble quality(Connection connection, String requestId)
      throws SQLException {
    String sql = "SELECT " + QUALITY + " FROM feedback WHERE request_id = ?";
    try (PreparedStatement read = Sql.bound(connection, sql, requestId);
        ResultSet row = read.executeQuery()) {
      return row.next() ? quality(row) : OptionalDouble.empty();
    }
  }

  /** What callers say counts; without that, what a judge says and the gateway has observed. */
  private static OptionalDouble quality(ResultSet row) throws SQLException {
    double mean = row.getDouble(1);
    if (!row.wasNull()) {
      return OptionalDouble.of(mean);
    }
    double judged = row.getDouble(2);
    boolean isJudged = !row.wasNull();
    double observed = row.getDouble(3);
    return isJudged || !row.wasNull()
        ? OptionalDouble.of(Math.clamp((isJudged ? judged : 1) + observed, 0, 1))
        : OptionalDouble.empty();
  }

  /**
   * The quality of each call of which something is known, by the ID of its request: the mean of its
   * scores, or else 1 less what the gateway has observed.
   *
   * @param first the lowest ID
   * @param last the highest ID
   * @throws SQLException if the database fails
   */
  public static Map<String, Double> scores(Connection connection, String first, String last)
      throws SQLException {
    String sql =
        "SELECT "
            + QUALITY
            + ", request_id FROM feedback WHERE request_id >= ? AND request_id <= ?"
            + " GROUP BY request_id";
    Map<String, Double> scores = new HashMap<>();
    try (PreparedStatement read = Sql.bound(connection, sql, first, last);
        ResultSet row = read.executeQuery()) {
      while (row.next()) {
        String id = row.getString(4);
        quality(row).ifPresent(quality -> scores.put(id, quality));
      }
    }
    return scores;
  }

  @Override
  public List<Entry> list(KeyQuery query) {
    long before = query.after().map(StoredFeedback::number).orElse(Long.MAX_VALUE);
    String tenant = query.tenant().orElse("");
    boolean first = query.after().isEmpty();
    return reader
        .read(
            connection ->
                first || isReached(connection, tenant, before)
                    ? Optional.of(list(connection, tenant, before, query.limit()))
                    : Optional.<List<Entry>>empty())
        .orElseThrow(KeyQuery::unknownAfter);
  }

  private static long number(String after) {
    try {
      long number = Long.parseLong(after);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw KeyQuery.unknownAfter();
    }
    throw KeyQuery.unknownAfter();
  }

  /** Whether the list has that entry or a newer one: an entry in it may have been replaced. */
  private static boolean isReached(Connection connection, String tenant, long number)
      throws SQLException {
    String sql = "SELECT 1 FROM feedback WHERE number >= ? AND (? = '' OR tenant = ?) LIMIT 1";
    try (PreparedStatement read = Sql.bound(connection, sql, number, tenant, tenant);
        ResultSet row = read.executeQuery()) {
      return row.next();
    }
  }

  private static List<Entry> list(Connection connection, String tenant, long before, int limit)
      throws SQLException {
    String sql =
        "SELECT number, request_id, tenant, caller_key, metric, value, remark, given_ms"
            + " FROM feedback WHERE number < ? AND (? = '' OR tenant = ?)"
            + " ORDER BY number DESC LIMIT ?";
    List<Entry> found = new ArrayList<>();
    try (PreparedStatement read = Sql.bound(connection, sql, before, tenant, tenant, limit);
        ResultSet row = read.executeQuery()) {
      while (row.next()) {
        found.add(entry(row));
      }
    }
    return found;
  }

  private static Entry entry(ResultSet row) throws SQLException {
    String metric = row.getString(5);
    return new Entry(
        row.getLong(1),
        new Feedback(
            row.getString(2),
            row.getString(3),
            row.getString(4),
            metric.isEmpty() ? Optional.empty() : Optional.of(metric),
            row.getDouble(6),
            row.getString(7),
            row.getLong(8)));
  }

  @Override
  public void close() {
    CloseAll.inOrder(reader::close, writer::close);
  }
}

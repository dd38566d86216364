package dev.serai.memory.sessions;

import dev.serai.core.session.SessionStore.Key;
import dev.serai.core.summary.CompressionMode;
import dev.serai.core.summary.KeyInformation;
import dev.serai.core.summary.SessionSummary;
import dev.serai.memory.database.Sql;
import dev.serai.memory.database.StoredText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Reads and writes the table of the summaries of sessions. Pure except for the connection. */
final class SummaryTable {
  private static final String BY_KEY = " WHERE tenant = ? AND session = ?";

  private SummaryTable() {}

  static Optional<SessionSummary> find(Connection connection, Key key) throws SQLException {
    String sql =
        "SELECT version, up_to, mode, information, messages, original_tokens, created_ms, narrative"
            + " FROM session_summary"
            + BY_KEY;
    try (PreparedStatement read = Sql.bound(connection, sql, key.tenant(), key.id());
        ResultSet row = read.executeQuery()) {
      return row.next() ? Optional.of(summary(row)) : Optional.empty();
    }
  }

  private static SessionSummary summary(ResultSet row) throws SQLException {
    return new SessionSummary(
        row.getInt(1),
        row.getLong(2),
        CompressionMode.find(row.getString(3)).orElse(CompressionMode.KEY_INFORMATION),
        row.getString(8),
        KeyInformation.parse(row.getString(4)),
        row.getInt(5),
        row.getLong(6),
        Instant.ofEpochMilli(row.getLong(7)));
  }

  static void replace(Connection connection, Key key, SessionSummary summary) throws SQLException {
    delete(connection, key);
    Sql.run(
        connection,
        "INSERT INTO session_summary (tenant, session, version, up_to, mode, information, messages,"
            + " original_tokens, created_ms, narrative) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        key.tenant(),
        key.id(),
        summary.version(),
        summary.upTo(),
        summary.mode().label(),
        StoredText.clean(summary.information().text()),
        summary.messages(),
        summary.originalTokens(),
        summary.created().toEpochMilli(),
        StoredText.clean(summary.narrative()));
  }

  static void delete(Connection connection, Key key) throws SQLException {
    Sql.run(connection, "DELETE FROM session_summary" + BY_KEY, key.tenant(), key.id());
  }
}

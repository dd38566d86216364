package dev.serai.memory.sessions;

import dev.serai.core.session.SessionMessage;
import dev.serai.core.session.SessionMessage.Content;
import dev.serai.core.session.SessionQuery;
import dev.serai.core.session.SessionStore.Key;
import dev.serai.core.summary.SummaryStore;
import dev.serai.memory.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads and writes the table of the messages of sessions. Pure except for the connection. */
final class MessageTable {
  /** The condition for messages that are neither pinned nor packed. */
  static final String UNPACKED = " AND pinned = 0 AND packed = 0";

  private static final int FETCHED_AT_ONCE = 100;
  private static final String COLUMNS =
      "SELECT number, id, role, type, created_ms, partial, pinned, content, metadata, packed"
          + " FROM session_message WHERE tenant = ? AND session = ?";

  /** With the metadata of messages of tools only: that of others may be long. */
  private static final String SIZES =
      "SELECT number, size_bytes, role, type, pinned, CASE WHEN type LIKE 'tool%' THEN metadata"
          + " ELSE '' END FROM session_message WHERE tenant = ? AND session = ?"
          + " AND (number > ? OR pinned = 1)";

  private static final String ORDER = " ORDER BY number";

  private MessageTable() {}

  /** Whether a session has a message of that ID. */
  static boolean has(Connection connection, Key key, String id) throws SQLException {
    return Sql.isAny(
        connection,
        "SELECT 1 FROM session_message WHERE tenant = ? AND session = ? AND id = ?",
        key.tenant(),
        key.id(),
        id);
  }

  static void insert(Connection connection, Key key, SessionMessage message) throws SQLException {
    Content content = message.content();
    Sql.run(
        connection,
        "INSERT INTO session_message (tenant, session, number, id, role, type, created_ms,"
            + " partial, pinned, size_bytes, content, metadata)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        key.tenant(),
        key.id(),
        message.number(),
        message.id(),
        content.role().label(),
        content.type().label(),
        message.created().toEpochMilli(),
        content.partial() ? 1 : 0,
        content.pinned() ? 1 : 0,
        content.bytes(),
        content.text(),
        content.metadata());
  }

  /**
   * What has to be removed for a session to become smaller.
   *
   * @param upTo the number of the newest message to remove
   * @param enough whether that is enough
   */
  record Removal(long upTo, int messages, long bytes, boolean enough) {}

  /** The oldest messages that are not pinned, until so many messages and bytes are found. */
  static Removal oldest(Connection connection, Key key, int messages, long bytes)
      throws SQLException {
    String sql =
        "SELECT number, size_bytes FROM session_message WHERE tenant = ? AND session = ?"
            + " AND pinned = 0 ORDER BY number";
    long upTo = 0;
    int found = 0;
    long size = 0;
    try (PreparedStatement read = Sql.bound(connection, sql, key.tenant(), key.id())) {
      read.setFetchSize(FETCHED_AT_ONCE);
      try (ResultSet row = read.executeQuery()) {
        while ((found < messages || size < bytes) && row.next()) {
          upTo = row.getLong(1);
          size += row.getLong(2);
          found++;
        }
      }
    }
    return new Removal(upTo, found, size, found >= messages && size >= bytes);
  }

  static void remove(Connection connection, Key key, Removal removal) throws SQLException {
    Sql.run(
        connection,
        "DELETE FROM session_message WHERE tenant = ? AND session = ? AND pinned = 0"
            + " AND number <= ?",
        key.tenant(),
        key.id(),
        removal.upTo());
    PackedTexts.removeUpTo(connection, key, removal.upTo());
  }

  /** Removes the oldest messages of a session, at most so many; returns how many it were. */
  static int removeOldest(Connection connection, Key key, int max) throws SQLException {
    return Sql.run(
        connection,
        "DELETE FROM session_message WHERE tenant = ? AND session = ? AND number IN (SELECT number"
            + " FROM session_message WHERE tenant = ? AND session = ? ORDER BY number LIMIT ?)",
        key.tenant(),
        key.id(),
        key.tenant(),
        key.id(),
        max);
  }

  /**
   * Adds the messages of a session to a window, in their order, and reads those that are within it.
   *
   * @param after the number of the last message that a summary is of, 0 without one
   */
  static List<SessionMessage> context(PackedTexts of, long after, ContextWindow window)
      throws SQLException {
    Key key = of.key();
    try (PreparedStatement read =
            Sql.bound(of.connection(), SIZES + ORDER, key.tenant(), key.id(), after);
        ResultSet row = read.executeQuery()) {
      while (row.next()) {
        boolean pinned = row.getInt(5) == 1 && !isOfTool(row.getString(4));
        if (pinned || row.getLong(1) > after) {
          window.add(new ContextWindow.Row(row.getLong(1), row.getLong(2), isUser(row), pinned));
        }
      }
    }
    return within(of, window);
  }

  private static boolean isUser(ResultSet row) throws SQLException {
    return row.getString(3).equals(SessionMessage.Role.USER.label());
  }

  /** The messages after a number and the pinned ones, without their texts. */
  static List<SummaryStore.Row> rows(Connection connection, Key key, long after)
      throws SQLException {
    return rows(connection, key, SIZES + ORDER, after);
  }

  /** The messages that are neither packed nor pinned, without their texts. */
  static List<SummaryStore.Row> unpacked(Connection connection, Key key) throws SQLException {
    return rows(connection, key, SIZES + UNPACKED + ORDER, 0);
  }

  private static List<SummaryStore.Row> rows(Connection connection, Key key, String sql, long after)
      throws SQLException {
    List<SummaryStore.Row> found = new ArrayList<>();
    try (PreparedStatement read = Sql.bound(connection, sql, key.tenant(), key.id(), after)) {
      read.setFetchSize(FETCHED_AT_ONCE);
      try (ResultSet row = read.executeQuery()) {
        while (row.next()) {
          Optional<SummaryStore.ToolPart> tool = tool(row.getString(4), row.getString(6));
          boolean pinned = row.getInt(5) == 1 && tool.isEmpty();
          if (pinned || row.getLong(1) > after) {
            long tokens = ContextWindow.tokens(row.getLong(2));
            found.add(new SummaryStore.Row(row.getLong(1), tokens, isUser(row), pinned, tool));
          }
        }
      }
    }
    return found;
  }

  private static Optional<SummaryStore.ToolPart> tool(String type, String metadata) {
    return isOfTool(type)
        ? Optional.of(
            new SummaryStore.ToolPart(
                type.equals(SessionMessage.Type.TOOL_RESULT.label()), metadata))
        : Optional.empty();
  }

  /** Messages that are not pinned, after one number and up to another, in their order. */
  static List<SessionMessage> between(PackedTexts of, long after, long upTo) throws SQLException {
    Key key = of.key();
    String sql =
        COLUMNS
            + " AND number > ? AND number <= ? AND (pinned = 0 OR type LIKE 'tool%')"
            + " ORDER BY number";
    List<SessionMessage> found = new ArrayList<>();
    try (PreparedStatement read =
        Sql.bound(of.connection(), sql, key.tenant(), key.id(), after, upTo)) {
      read.setFetchSize(FETCHED_AT_ONCE);
      try (ResultSet row = read.executeQuery()) {
        while (row.next()) {
          found.add(message(row, of));
        }
      }
    }
    return found;
  }

  private static boolean isOfTool(String type) {
    return type.startsWith("tool_");
  }

  private static List<SessionMessage> within(PackedTexts of, ContextWindow window)
      throws SQLException {
    Key key = of.key();
    String contents = COLUMNS + " AND (number >= ? OR pinned = 1) ORDER BY number";
    List<SessionMessage> found = new ArrayList<>();
    try (PreparedStatement read =
        Sql.bound(of.connection(), contents, key.tenant(), key.id(), window.first())) {
      read.setFetchSize(FETCHED_AT_ONCE);
      try (ResultSet row = read.executeQuery()) {
        while (row.next()) {
          boolean pinned = row.getInt(7) == 1 && !isOfTool(row.getString(4));
          if (window.contains(row.getLong(1), pinned)) {
            found.add(message(row, of));
          }
        }
      }
    }
    return found;
  }

  static SessionQuery.Messages read(PackedTexts of, SessionQuery.Page page) throws SQLException {
    List<Object> values = new ArrayList<>(List.of(of.key().tenant(), of.key().id()));
    String sql = sql(page, values);
    String wanted = page.filter().text().toLowerCase(Locale.ROOT);
    List<SessionMessage> found = new ArrayList<>();
    long bytes = 0;
    try (PreparedStatement read = Sql.bound(of.connection(), sql, values.toArray())) {
      read.setFetchSize(FETCHED_AT_ONCE);
      try (ResultSet row = read.executeQuery()) {
        while (row.next()) {
          SessionMessage message = message(row, of);
          if (message.content().text().toLowerCase(Locale.ROOT).contains(wanted)) {
            bytes += message.content().bytes();
            boolean full = !found.isEmpty() && bytes > SessionQuery.Page.MAX_BYTES;
            if (full || found.size() == page.limit()) {
              return new SessionQuery.Messages(found, true);
            }
            found.add(message);
          }
        }
      }
    }
    return new SessionQuery.Messages(found, false);
  }

  private static String sql(SessionQuery.Page page, List<Object> values) {
    StringBuilder sql = new StringBuilder(COLUMNS);
    SessionQuery.Filter filter = page.filter();
    add(sql, values, " AND role = ?", filter.role().map(SessionMessage.Role::label));
    add(sql, values, " AND type = ?", filter.type().map(SessionMessage.Type::label));
    add(sql, values, " AND created_ms >= ?", filter.since().map(Instant::toEpochMilli));
    add(sql, values, " AND created_ms < ?", filter.until().map(Instant::toEpochMilli));
    add(sql, values, page.newestFirst() ? " AND number < ?" : " AND number > ?", page.after());
    return sql.append(" ORDER BY number").append(page.newestFirst() ? " DESC" : "").toString();
  }

  private static void add(
      StringBuilder sql, List<Object> values, String condition, Optional<?> value) {
    if (value.isPresent()) {
      sql.append(condition);
      values.add(value.get());
    }
  }

  private static SessionMessage message(ResultSet row, PackedTexts of) throws SQLException {
    Content content =
        new Content(
            SessionMessage.Role.find(row.getString(3)).orElse(SessionMessage.Role.SYSTEM),
            SessionMessage.Type.find(row.getString(4)).orElse(SessionMessage.Type.SYSTEM_EVENT),
            row.getInt(10) == 1 ? of.text(row.getLong(1)) : row.getString(8),
            row.getString(9),
            row.getInt(6) == 1,
            row.getInt(7) == 1);
    return new SessionMessage(
        row.getLong(1), row.getString(2), Instant.ofEpochMilli(row.getLong(5)), content);
  }
}

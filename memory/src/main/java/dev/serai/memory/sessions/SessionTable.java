package dev.serai.memory.sessions;

import dev.serai.core.session.Session;
import dev.serai.core.session.SessionFacts;
import dev.serai.core.session.SessionOwner;
import dev.serai.core.session.SessionQuery;
import dev.serai.core.session.SessionStore.Key;
import dev.serai.memory.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and writes the table of sessions. Pure except for the connection. */
final class SessionTable {
  private static final String BY_KEY = " WHERE tenant = ? AND id = ?";
  private static final String COLUMNS =
      "SELECT tenant, id, owner, status, life_ms, created_ms, updated_ms, expires_ms, messages,"
          + " metadata, preferences, variables, context, size_bytes FROM session";

  private SessionTable() {}

  /**
   * A session with what only the store needs.
   *
   * @param bytes of its messages
   */
  record Stored(Session session, long bytes) {}

  static Optional<Stored> find(Connection connection, Key key, Instant now) throws SQLException {
    try (PreparedStatement read = Sql.bound(connection, COLUMNS + BY_KEY, key.tenant(), key.id());
        ResultSet row = read.executeQuery()) {
      return row.next() ? Optional.of(stored(row, now)) : Optional.empty();
    }
  }

  private static Stored stored(ResultSet row, Instant now) throws SQLException {
    boolean expired = row.getLong(8) <= now.toEpochMilli();
    Session session =
        new Session(
            row.getString(2),
            new SessionOwner(row.getString(1), row.getString(3)),
            expired
                ? Session.Status.EXPIRED
                : Session.Status.find(row.getString(4)).orElse(Session.Status.PAUSED),
            Duration.ofMillis(row.getLong(5)),
            Instant.ofEpochMilli(row.getLong(6)),
            Instant.ofEpochMilli(row.getLong(7)),
            row.getInt(9),
            new SessionFacts(
                row.getString(10), row.getString(11), row.getString(12), row.getString(13)));
    return new Stored(session, row.getLong(14));
  }

  static void insert(Connection connection, Session made) throws SQLException {
    Sql.run(
        connection,
        "INSERT INTO session (tenant, id, owner, status, life_ms, created_ms, updated_ms,"
            + " expires_ms, messages, size_bytes, metadata, preferences, variables, context)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?, ?)",
        made.owner().tenant(),
        made.id(),
        made.owner().name(),
        made.status().label(),
        made.life().toMillis(),
        made.created().toEpochMilli(),
        made.updated().toEpochMilli(),
        made.expires().toEpochMilli(),
        made.facts().metadata(),
        made.facts().preferences(),
        made.facts().variables(),
        made.facts().context());
  }

  static void update(Connection connection, Session changed, long bytes) throws SQLException {
    Sql.run(
        connection,
        "UPDATE session SET status = ?, updated_ms = ?, expires_ms = ?, messages = ?,"
            + " size_bytes = ?, metadata = ?, preferences = ?, variables = ?, context = ?"
            + BY_KEY,
        changed.status().label(),
        changed.updated().toEpochMilli(),
        changed.expires().toEpochMilli(),
        changed.messages(),
        bytes,
        changed.facts().metadata(),
        changed.facts().preferences(),
        changed.facts().variables(),
        changed.facts().context(),
        changed.owner().tenant(),
        changed.id());
  }

  static boolean delete(Connection connection, Key key) throws SQLException {
    Sql.run(
        connection,
        "DELETE FROM session_message WHERE tenant = ? AND session = ?",
        key.tenant(),
        key.id());
    SummaryTable.delete(connection, key);
    PackedTexts.removeUpTo(connection, key, Long.MAX_VALUE);
    return Sql.run(connection, "DELETE FROM session" + BY_KEY, key.tenant(), key.id()) > 0;
  }

  static int count(Connection connection, String tenant) throws SQLException {
    String sql = "SELECT COUNT(*) FROM session WHERE tenant = ?";
    try (PreparedStatement read = Sql.bound(connection, sql, tenant);
        ResultSet row = read.executeQuery()) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  /**
   * A session that has expired.
   *
   * @param bytes of its messages
   */
  record Expired(Key key, long bytes) {}

  /** Sessions that have expired before a time, those first that expired first. */
  static List<Expired> expired(Connection connection, Instant before, int max) throws SQLException {
    return expired(
        connection,
        "SELECT tenant, id, size_bytes FROM session WHERE expires_ms <= ? ORDER BY expires_ms"
            + " LIMIT ?",
        before.toEpochMilli(),
        max);
  }

  /** The first one of a tenant that has expired. */
  static Optional<Expired> expired(Connection connection, String tenant, Instant before)
      throws SQLException {
    return expired(
            connection,
            "SELECT tenant, id, size_bytes FROM session WHERE tenant = ? AND expires_ms <= ?"
                + " ORDER BY expires_ms LIMIT 1",
            tenant,
            before.toEpochMilli())
        .stream()
        .findFirst();
  }

  private static List<Expired> expired(Connection connection, String sql, Object... values)
      throws SQLException {
    List<Expired> found = new ArrayList<>();
    try (PreparedStatement read = Sql.bound(connection, sql, values);
        ResultSet row = read.executeQuery()) {
      while (row.next()) {
        Key key = new Key(row.getString(1), row.getString(2));
        found.add(new Expired(key, row.getLong(3)));
      }
    }
    return found;
  }

  /** A page; empty if there is no session that it comes after. */
  static Optional<List<Session>> list(
      Connection connection, SessionQuery query, Instant now, Duration retention)
      throws SQLException {
    long over = now.minus(retention).toEpochMilli();
    List<Object> values = new ArrayList<>(List.of(query.tenant(), over));
    StringBuilder sql = new StringBuilder(COLUMNS).append(" WHERE tenant = ? AND expires_ms > ?");
    query
        .owner()
        .ifPresent(
            owner -> {
              sql.append(" AND owner = ?");
              values.add(owner.name());
            });
    query.status().ifPresent(status -> addStatus(sql, values, status, now.toEpochMilli()));
    if (query.after().isPresent()) {
      Optional<Session> before = before(connection, query, now);
      if (before.isEmpty()) {
        return Optional.empty();
      }
      sql.append(" AND (created_ms < ? OR (created_ms = ? AND id < ?))");
      values.add(before.get().created().toEpochMilli());
      values.add(before.get().created().toEpochMilli());
      values.add(before.get().id());
    }
    sql.append(" ORDER BY created_ms DESC, id DESC LIMIT ?");
    values.add(query.limit());
    List<Session> found = new ArrayList<>();
    try (PreparedStatement read = Sql.bound(connection, sql.toString(), values.toArray());
        ResultSet row = read.executeQuery()) {
      while (row.next()) {
        found.add(stored(row, now).session());
      }
    }
    return Optional.of(found);
  }

  private static void addStatus(
      StringBuilder sql, List<Object> values, Session.Status status, long now) {
    if (status == Session.Status.EXPIRED) {
      sql.append(" AND expires_ms <= ?");
    } else {
      sql.append(" AND status = ? AND expires_ms > ?");
      values.add(status.label());
    }
    values.add(now);
  }

  private static Optional<Session> before(Connection connection, SessionQuery query, Instant now)
      throws SQLException {
    Key key = new Key(query.tenant(), query.after().orElse(""));
    return find(connection, key, now)
        .map(Stored::session)
        .filter(one -> query.owner().map(one.owner()::equals).orElse(true));
  }
}

package dev.serai.memory.sessions;

import dev.serai.core.session.Session;
import dev.serai.core.session.SessionMessage;
import dev.serai.core.session.SessionMessage.Content;
import dev.serai.core.session.SessionProblems;
import dev.serai.core.session.SessionStore.Change;
import dev.serai.core.session.SessionStore.Key;
import dev.serai.core.session.SessionStore.NewMessage;
import dev.serai.core.summary.SessionSummary;
import dev.serai.memory.database.Sql;
import dev.serai.memory.database.StoredText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One transaction that changes sessions. It locks the row with the last number first, so that the
 * transactions of all gateways follow one another and never wait for each other's sessions. What it
 * refuses, it refuses before it has written anything of it. For one thread.
 */
final class SessionTransaction {
  private static final int SWEPT_SESSIONS = 100;
  private static final int SWEPT_MESSAGES = 1000;
  private static final long SWEPT_BYTES = 16L * 1024 * 1024;

  private final Connection connection;
  private final SessionLimits limits;
  private final Instant now;
  private long last;

  private SessionTransaction(Connection connection, SessionLimits limits, Instant now, long last) {
    this.connection = connection;
    this.limits = limits;
    this.now = now;
    this.last = last;
  }

  /** Begins, and waits for the transactions before it. */
  static SessionTransaction begin(Connection connection, SessionLimits limits, Instant now)
      throws SQLException {
    Sql.run(connection, "UPDATE session_number SET last = last"); // takes the lock
    try (PreparedStatement read = connection.prepareStatement("SELECT last FROM session_number");
        ResultSet row = read.executeQuery()) {
      row.next();
      return new SessionTransaction(connection, limits, now, row.getLong(1));
    }
  }

  /** Whether a sweep would remove anything; only reads. */
  static boolean hasOld(Connection connection, SessionLimits limits, Instant now)
      throws SQLException {
    return !SessionTable.expired(connection, now.minus(limits.retention()), 1).isEmpty();
  }

  /** Writes the last number, and commits. */
  void commit() throws SQLException {
    Sql.run(connection, "UPDATE session_number SET last = ?", last);
    connection.commit();
  }

  Instant now() {
    return now;
  }

  Session create(Session made) throws SQLException {
    String tenant = made.owner().tenant();
    if (SessionTable.count(connection, tenant) >= limits.maxSessions()) {
      SessionTable.Expired oldest =
          SessionTable.expired(connection, tenant, now)
              .orElseThrow(() -> SessionProblems.tooMany(limits.maxSessions()));
      SessionTable.delete(connection, oldest.key());
    }
    SessionTable.insert(connection, made);
    return made;
  }

  Session change(Key key, Change change) throws SQLException {
    SessionTable.Stored former = find(key);
    Session session = former.session();
    Session.Status going =
        session.status() == Session.Status.EXPIRED ? Session.Status.ACTIVE : session.status();
    Session changed =
        new Session(
            session.id(),
            session.owner(),
            change.status().orElse(going),
            session.life(),
            session.created(),
            used(session),
            session.messages(),
            session.facts().with(change.facts()));
    SessionTable.update(connection, changed, former.bytes());
    return changed;
  }

  boolean delete(Key key) throws SQLException {
    return SessionTable.delete(connection, key);
  }

  /**
   * Stores a summary, unless the session is gone or the stored one is not of the version before.
   */
  boolean summarise(Key key, SessionSummary summary) throws SQLException {
    boolean exists =
        SessionTable.find(connection, key, now)
            .filter(found -> !limits.isOver(found.session(), now))
            .isPresent();
    int before = SummaryTable.find(connection, key).map(SessionSummary::version).orElse(0);
    if (!exists || before != summary.version() - 1) {
      return false;
    }
    SummaryTable.replace(connection, key, summary);
    return true;
  }

  /** Puts a bundle in the place of the texts of messages; false if one is packed or gone. */
  boolean pack(Key key, PackedTexts.Bundle bundle) throws SQLException {
    return PackedTexts.replace(connection, key, bundle);
  }

  /** Deletes a session, unless it has messages. */
  boolean deleteEmpty(Key key) throws SQLException {
    boolean empty =
        SessionTable.find(connection, key, now)
            .filter(found -> found.session().messages() == 0)
            .isPresent();
    return empty && delete(key);
  }

  /**
   * Adds a turn, unless it is there already: a commit that the database has made without confirming
   * it is tried again.
   */
  boolean addOnce(Key key, List<NewMessage> turn) throws SQLException {
    if (turn.isEmpty() || !MessageTable.has(connection, key, turn.getLast().id())) {
      add(key, turn);
    }
    return true;
  }

  List<SessionMessage> add(Key key, List<NewMessage> messages) throws SQLException {
    SessionTable.Stored former = find(key);
    if (former.session().status() != Session.Status.ACTIVE) {
      throw SessionProblems.notActive(key.id(), former.session().status());
    }
    long added = messages.stream().mapToLong(one -> one.content().bytes()).sum();
    MessageTable.Removal removal = removal(key, former, messages.size(), added);
    List<SessionMessage> stored = new ArrayList<>(messages.size());
    for (NewMessage each : messages) {
      SessionMessage message =
          new SessionMessage(++last, each.id(), each.created(), cleaned(each.content()));
      MessageTable.insert(connection, key, message);
      stored.add(message);
    }
    renew(
        former.session(),
        messages.size() - removal.messages(),
        former.bytes() + added - removal.bytes());
    return stored;
  }

  /** As it is stored and read later. */
  private static Content cleaned(Content content) {
    return new Content(
        content.role(),
        content.type(),
        StoredText.clean(content.text()),
        content.metadata(),
        content.partial(),
        content.pinned());
  }

  /** Makes room in a session that would become too large. */
  private MessageTable.Removal removal(
      Key key, SessionTable.Stored former, int messages, long bytes) throws SQLException {
    int tooMany = former.session().messages() + messages - limits.maxMessages();
    long tooLarge = former.bytes() + bytes - limits.maxBytes();
    if (tooMany <= 0 && tooLarge <= 0) {
      return new MessageTable.Removal(0, 0, 0, true);
    }
    MessageTable.Removal removal = MessageTable.oldest(connection, key, tooMany, tooLarge);
    if (!removal.enough()) {
      throw SessionProblems.full(key.id());
    }
    MessageTable.remove(connection, key, removal);
    return removal;
  }

  /** When the session is used: not before its last use, also if the clock was set back since. */
  private Instant used(Session session) {
    return now.isAfter(session.updated()) ? now : session.updated();
  }

  private void renew(Session session, int moreMessages, long bytes) throws SQLException {
    Session renewed =
        new Session(
            session.id(),
            session.owner(),
            session.status(),
            session.life(),
            session.created(),
            used(session),
            session.messages() + moreMessages,
            session.facts());
    SessionTable.update(connection, renewed, bytes);
  }

  private SessionTable.Stored find(Key key) throws SQLException {
    return SessionTable.find(connection, key, now)
        .filter(found -> !limits.isOver(found.session(), now))
        .orElseThrow(() -> SessionProblems.notFound(key.id()));
  }

  /**
   * Removes messages and sessions that expired long ago, so many that other changes do not wait
   * long; returns whether there may be more of them. A session may lose some of its messages first:
   * it is gone for its clients already.
   */
  boolean sweep() throws SQLException {
    int messages = SWEPT_MESSAGES;
    long bytes = SWEPT_BYTES;
    Instant before = now.minus(limits.retention());
    List<SessionTable.Expired> old = SessionTable.expired(connection, before, SWEPT_SESSIONS);
    for (SessionTable.Expired each : old) {
      messages -= MessageTable.removeOldest(connection, each.key(), messages);
      bytes -= each.bytes();
      if (messages <= 0) {
        return true;
      }
      SessionTable.delete(connection, each.key());
      if (bytes <= 0) {
        return true;
      }
    }
    return old.size() == SWEPT_SESSIONS;
  }
}

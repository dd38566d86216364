package dev.serai.memory.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serai.core.problem.CallerProblem;
import dev.serai.core.session.Session;
import dev.serai.core.session.SessionFacts;
import dev.serai.core.session.SessionOwner;
import dev.serai.core.session.SessionQuery;
import dev.serai.core.session.SessionStore;
import dev.serai.core.session.SessionStore.Key;
import dev.serai.core.session.SessionStore.NewMessage;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.Sql;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How sessions are removed that expired long ago, on every database. */
abstract class SweepContract {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration LIFE = Duration.ofHours(24);
  private static final Duration RETENTION = Duration.ofDays(7);
  private static final SessionLimits LIMITS =
      new SessionLimits(LIFE, RETENTION, 3, 10_000, 64_000_000, 1_000_000);

  @TempDir Path folder;
  private final SessionOwner owner = new SessionOwner("t" + UUID.randomUUID(), "key:one");
  private Connection connection;

  abstract String url();

  @BeforeEach
  final void open() throws SQLException {
    connection = new Database(url(), folder).connect();
    connection.setAutoCommit(false);
    Sql.run(connection, "DELETE FROM session");
    Sql.run(connection, "DELETE FROM session_message");
  }

  @AfterEach
  final void close() throws SQLException {
    connection.close();
  }

  private SessionTransaction at(Instant now) throws SQLException {
    return SessionTransaction.begin(connection, LIMITS, now);
  }

  /** A session with so many messages of so many characters. */
  private Key stored(int messages, int size) throws SQLException {
    Session made =
        new Session(
            Session.PREFIX + UUID.randomUUID(),
            owner,
            Session.Status.ACTIVE,
            LIFE,
            START,
            START,
            0,
            SessionFacts.NONE);
    SessionTransaction transaction = at(START);
    transaction.create(made);
    Key key = new Key(owner.tenant(), made.id());
    String text = "x".repeat(size);
    List<NewMessage> all =
        Stream.generate(() -> TwoSessionStores.said(text))
            .limit(messages)
            .map(content -> new NewMessage("msg_" + UUID.randomUUID(), START, content))
            .toList();
    transaction.add(key, all);
    transaction.commit();
    return key;
  }

  private int rows(String table) throws SQLException {
    return Integer.parseInt(
        Sql.text(connection, "SELECT CAST(COUNT(*) AS VARCHAR(20)) FROM " + table).orElseThrow());
  }

  @Test
  void oneTransactionRemovesABoundedNumberOfMessages() throws SQLException {
    stored(400, 10);
    stored(2500, 10);
    Instant later = START.plus(LIFE).plus(RETENTION);
    int before = rows("session_message");
    int transactions = 0;
    boolean more = true;
    while (more) {
      SessionTransaction sweep = at(later);
      more = sweep.sweep();
      sweep.commit();
      int after = rows("session_message");
      assertThat(before - after).isLessThanOrEqualTo(1000);
      before = after;
      transactions++;
    }
    assertThat(before).isZero();
    assertThat(rows("session")).isZero();
    assertThat(transactions).isEqualTo(3);
  }

  @Test
  void aUseWhileTheClockIsSetBackDoesNotShortenTheLifeOfASession() throws SQLException {
    Key key = stored(1, 10);
    SessionTransaction early = at(START.minus(LIFE));
    NewMessage said = new NewMessage("msg_late", START, TwoSessionStores.said("in the past"));
    early.add(key, List.of(said));
    SessionStore.Change active = TwoSessionStores.change(Session.Status.ACTIVE);
    assertThat(early.change(key, active).expires()).isEqualTo(START.plus(LIFE));
    early.commit();

    Instant last = START.plus(LIFE).minusMillis(1);
    assertThat(SessionTable.find(connection, key, last).orElseThrow().session().status())
        .isEqualTo(Session.Status.ACTIVE);
  }

  @Test
  void oneTransactionRemovesFewLargeSessions() throws SQLException {
    stored(20, 900_000);
    stored(20, 900_000);
    SessionTransaction sweep = at(START.plus(LIFE).plus(RETENTION));
    assertThat(sweep.sweep()).isTrue();
    assertThat(rows("session")).isEqualTo(1);
    assertThat(sweep.sweep()).isTrue();
    assertThat(sweep.sweep()).isFalse();
  }

  @Test
  void aSessionIsGoneForItsClientsOnceItsTimeIsOver() throws SQLException {
    Key key = stored(1, 10);
    Instant over = START.plus(LIFE).plus(RETENTION);
    SessionQuery all =
        new SessionQuery(owner.tenant(), Optional.empty(), Optional.empty(), Optional.empty(), 10);
    assertThat(SessionTable.list(connection, all, over.minusMillis(1), RETENTION).orElseThrow())
        .hasSize(1);
    assertThat(SessionTable.list(connection, all, over, RETENTION).orElseThrow()).isEmpty();
    SessionTransaction transaction = at(over);
    assertThatExceptionOfType(CallerProblem.class)
        .isThrownBy(() -> transaction.change(key, TwoSessionStores.change(Session.Status.ACTIVE)))
        .satisfies(problem -> assertThat(problem.status()).isEqualTo(404));
  }

  @Test
  void sessionsOfAStoredKeyAreGivenToItsIdByTheMigration() throws Exception {
    assertThat(migrated(START)).isEqualTo("key_id:key_7");
  }

  @Test
  void sessionsOfAFormerKeyAreNotGivenToTheOneThatHasItsNameNow() throws Exception {
    assertThat(migrated(START.plusMillis(1))).isEqualTo(owner.name());
  }

  /** The owner of a session after the migration, if a key with its name was made at a time. */
  private String migrated(Instant keyMade) throws Exception {
    Key key = stored(0, 1);
    insertKey(owner.name().substring("key:".length()), keyMade);
    String migration;
    try (InputStream sql =
        SessionTable.class.getResourceAsStream("/dev/serai/memory/schema/V23__session_owner.sql")) {
      migration = new String(sql.readAllBytes(), UTF_8);
    }
    Sql.run(connection, migration.replaceAll("(?m)^--.*$", "").replace(";", ""));
    Session given = SessionTable.find(connection, key, START).orElseThrow().session();
    connection.rollback();
    return given.owner().name();
  }

  private void insertKey(String name, Instant made) throws SQLException {
    Sql.run(
        connection,
        "INSERT INTO api_key (id, hash, label, name, tenant, role, models, tools, created_ms,"
            + " updated_ms) VALUES ('key_7', ?, 'sk', ?, ?, 'user', '*', '*', ?, 0)",
        name.getBytes(UTF_8),
        name,
        owner.tenant(),
        made.toEpochMilli());
  }

  @Test
  void aNewSessionRemovesOnlyTheOneThatItTakesThePlaceOf() throws SQLException {
    stored(1, 10);
    stored(1, 10);
    stored(1, 10);
    SessionTransaction transaction = at(START.plus(LIFE));
    transaction.create(
        new Session(
            Session.PREFIX + UUID.randomUUID(),
            owner,
            Session.Status.ACTIVE,
            LIFE,
            START,
            START.plus(LIFE),
            0,
            SessionFacts.NONE));
    assertThat(rows("session")).isEqualTo(3);
    assertThat(rows("session_message")).isEqualTo(2);
  }
}

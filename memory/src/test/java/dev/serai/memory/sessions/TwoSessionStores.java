package dev.serai.memory.sessions;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.session.Session;
import dev.serai.core.session.Session.Status;
import dev.serai.core.session.SessionFacts;
import dev.serai.core.session.SessionMessage.Content;
import dev.serai.core.session.SessionMessage.Role;
import dev.serai.core.session.SessionMessage.Type;
import dev.serai.core.session.SessionOwner;
import dev.serai.core.session.SessionStore.Change;
import dev.serai.core.session.SessionStore.Key;
import dev.serai.core.session.SessionStore.NewMessage;
import dev.serai.memory.database.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways' stores of sessions on one database, and what tests store in them. */
abstract class TwoSessionStores {
  static final Duration LIFE = Duration.ofHours(24);
  static final Duration RETENTION = Duration.ofDays(7);
  static final int MAX_WAITING = 1024 * 1024;
  static final SessionLimits LIMITS = new SessionLimits(LIFE, RETENTION, 5, 10, 1000, MAX_WAITING);

  @TempDir Path folder;
  final AtomicLong millis = new AtomicLong(1_000_000);
  final AtomicLong skippedNanos = new AtomicLong();
  final SessionOwner owner = new SessionOwner("t" + UUID.randomUUID(), "key:one");
  DatabaseSessionStore first;
  DatabaseSessionStore second;

  abstract String url();

  @BeforeEach
  void open() {
    first = started();
    second = started();
  }

  private DatabaseSessionStore started() {
    return started(url());
  }

  final DatabaseSessionStore started(String url) {
    DatabaseSessionStore store =
        new DatabaseSessionStore(
            new Database(url, folder),
            LIMITS,
            () -> UUID.randomUUID().toString(),
            clock(),
            threads(),
            new DeflatePacker());
    store.start();
    return store;
  }

  final InstantSource clock() {
    return () -> Instant.ofEpochMilli(millis.get());
  }

  final BackgroundThreads threads() {
    return new BackgroundThreads(
        () -> System.nanoTime() + skippedNanos.get(), (thread, why, pause) -> {});
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  Session created() {
    return first.create(owner, Optional.empty(), SessionFacts.NONE);
  }

  static Key key(Session session) {
    return new Key(session.owner().tenant(), session.id());
  }

  static Content said(Role role, String text) {
    return new Content(role, Type.TEXT, text, "{}", false, false);
  }

  /** A turn that is to be remembered. */
  final List<NewMessage> turn(Content... contents) {
    return Stream.of(contents)
        .map(content -> new NewMessage(first.newMessageId(), clock().instant(), content))
        .toList();
  }

  static Content said(String text) {
    return said(Role.USER, text);
  }

  static Content pinned(String text) {
    return new Content(Role.SYSTEM, Type.SYSTEM_EVENT, text, "{}", false, true);
  }

  static Change change(Status status) {
    return new Change(
        Optional.of(status), new SessionFacts.Changes(none(), none(), none(), none()));
  }

  static Optional<String> none() {
    return Optional.empty();
  }
}

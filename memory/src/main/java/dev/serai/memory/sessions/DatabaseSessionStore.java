package dev.serai.memory.sessions;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.cause.CloseAll;
import dev.serai.core.session.Session;
import dev.serai.core.session.SessionFacts;
import dev.serai.core.session.SessionMessage;
import dev.serai.core.session.SessionOwner;
import dev.serai.core.session.SessionQuery;
import dev.serai.core.session.SessionStore;
import dev.serai.core.summary.BytePacker;
import dev.serai.core.summary.SessionSummary;
import dev.serai.core.summary.SummaryStore;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.DatabaseReader;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Stores sessions in the database. Thread-safe. */
public final class DatabaseSessionStore implements SessionStore, AutoCloseable {
  private static final Duration STOP = Duration.ofSeconds(10);

  private final DatabaseReader reader;
  private final SessionWriter writer;
  private final SessionLimits limits;
  private final Supplier<String> ids;
  private final InstantSource clock;
  private final BytePacker packer;

  /**
   * Opens nothing; {@link #start} does.
   *
   * @param ids makes the IDs of sessions and messages, without what they begin with
   * @param packer of the texts of older messages, the same in all gateways
   */
  public DatabaseSessionStore(
      Database database,
      SessionLimits limits,
      Supplier<String> ids,
      InstantSource clock,
      BackgroundThreads threads,
      BytePacker packer) {
    this.reader = new DatabaseReader(database, "sessions");
    this.writer = new SessionWriter(database, limits, clock, threads);
    this.limits = limits;
    this.ids = ids;
    this.clock = clock;
    this.packer = packer;
  }

  /** Starts to make changes. */
  public void start() {
    writer.start();
  }

  @Override
  public Session create(SessionOwner owner, Optional<Duration> life, SessionFacts facts) {
    String id = Session.PREFIX + ids.get();
    return writer.run(
        0,
        transaction -> {
          Instant now = transaction.now();
          return transaction.create(
              new Session(
                  id,
                  owner,
                  Session.Status.ACTIVE,
                  life.orElse(limits.life()),
                  now,
                  now,
                  0,
                  facts));
        });
  }

  @Override
  public Optional<Session> find(Key key) {
    writer.await(key);
    Instant now = now();
    return reader
        .read(connection -> SessionTable.find(connection, key, now))
        .map(SessionTable.Stored::session)
        .filter(found -> !limits.isOver(found, now));
  }

  @Override
  public List<Session> list(SessionQuery query) {
    Instant now = now();
    return reader
        .read(connection -> SessionTable.list(connection, query, now, limits.retention()))
        .orElseThrow(
            () ->
                CallerProblem.invalid("after", "'after' must be the ID of a session of the list."));
  }

  @Override
  public Session change(Key key, Change change) {
    return writer.run(0, transaction -> transaction.change(key, change));
  }

  @Override
  public boolean delete(Key key) {
    return writer.run(0, transaction -> transaction.delete(key));
  }

  @Override
  public List<SessionMessage> add(Key key, List<SessionMessage.Content> messages) {
    Instant now = now();
    List<NewMessage> made =
        messages.stream().map(one -> new NewMessage(newMessageId(), now, one)).toList();
    return writer.run(memory(made), transaction -> transaction.add(key, made));
  }

  @Override
  public String newMessageId() {
    return SessionMessage.PREFIX + ids.get();
  }

  @Override
  public boolean remember(Key key, List<NewMessage> turn) {
    List<NewMessage> kept = List.copyOf(turn);
    return writer.later(key, memory(kept), transaction -> transaction.addOnce(key, kept));
  }

  @Override
  public void discard(Key key) {
    writer.attempt(key, transaction -> transaction.deleteEmpty(key));
  }

  /** About how many bytes messages take in memory, where a character may have two. */
  private static long memory(List<NewMessage> messages) {
    return 2 * messages.stream().mapToLong(one -> one.content().bytes()).sum();
  }

  @Override
  public Optional<Context> context(Key key, Budget budget) {
    writer.await(key);
    Instant now = now();
    return reader.read(
        connection -> {
          Optional<SessionTable.Stored> found =
              SessionTable.find(connection, key, now)
                  .filter(one -> !limits.isOver(one.session(), now));
          return found.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  context(new PackedTexts(connection, key, packer), found.get().session(), budget));
        });
  }

  private static Context context(PackedTexts of, Session session, Budget budget)
      throws SQLException {
    Optional<SessionSummary> summary =
        budget.summarised()
            ? usable(SummaryTable.find(of.connection(), of.key()), budget)
            : Optional.empty();
    long tokens = summary.map(SessionSummary::tokens).orElse(0L);
    ContextWindow window = new ContextWindow(budget.maxTokens(), tokens);
    long after = summary.map(SessionSummary::upTo).orElse(0L);
    List<SessionMessage> messages = MessageTable.context(of, after, window);
    return new Context(session, summary.map(SessionSummary::text), messages, window.allTokens());
  }

  /** One from a time with another limit may be too long. */
  private static Optional<SessionSummary> usable(Optional<SessionSummary> stored, Budget budget) {
    return stored.filter(summary -> summary.tokens() <= budget.maxTokens() / 2);
  }

  /** The summaries of the sessions. */
  public SummaryStore summaries() {
    return new DatabaseSummaryStore(reader, writer, packer);
  }

  /** Turns that were not stored: too much waited, or their session was gone or not active. */
  public long lost() {
    return writer.lost();
  }

  @Override
  public SessionQuery.Messages messages(Key key, SessionQuery.Page page) {
    return reader.read(
        connection -> MessageTable.read(new PackedTexts(connection, key, packer), page));
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  @Override
  public void close() {
    CloseAll.inOrder(reader::close, () -> writer.stop(STOP));
  }
}

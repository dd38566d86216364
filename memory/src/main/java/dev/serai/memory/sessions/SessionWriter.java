package dev.serai.memory.sessions;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.session.SessionStore.Key;
import dev.serai.memory.batch.GroupCommit;
import dev.serai.memory.batch.GroupCommit.Change;
import dev.serai.memory.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the changes of sessions. A request whose change cannot be made while the database is
 * unavailable fails at once; a turn, for which no client waits, is stored later. Thread-safe.
 */
final class SessionWriter implements GroupCommit.Transactions<SessionTransaction> {
  private static final Logger LOG = LoggerFactory.getLogger(SessionWriter.class);

  private final SessionLimits limits;
  private final InstantSource clock;
  private final GroupCommit<SessionTransaction> changes;
  private final AtomicLong lost = new AtomicLong();

  SessionWriter(
      Database database, SessionLimits limits, InstantSource clock, BackgroundThreads threads) {
    this.limits = limits;
    this.clock = clock;
    GroupCommit.Options options =
        new GroupCommit.Options(
            "sessions", "sessions", "changes are refused and turns wait", limits.maxWaitingBytes());
    this.changes = new GroupCommit<>(options, database, this, threads);
  }

  void start() {
    changes.start();
  }

  void stop(Duration atMost) {
    changes.stop(atMost);
  }

  /**
   * Makes a change and waits until it is stored.
   *
   * @param bytes about what it takes while it waits
   * @throws GatewayProblem the one that the change throws, or 503 if it is not stored, or not known
   *     to be
   */
  <T> T run(long bytes, Change<SessionTransaction, T> change) {
    return changes.run(bytes, change);
  }

  /**
   * Stores a turn later, also if the database is unavailable for a while. Does not block.
   *
   * @return false if too much waits
   */
  <T> boolean later(Key session, long bytes, Change<SessionTransaction, T> turn) {
    Optional<CompletableFuture<T>> stored = changes.later(session, bytes, turn);
    stored.ifPresentOrElse(
        done -> done.whenComplete((_, problem) -> ended(session, Optional.ofNullable(problem))),
        lost::incrementAndGet);
    return stored.isPresent();
  }

  /** Makes a change of a session later that may be lost. Does not block. */
  <T> void attempt(Key session, Change<SessionTransaction, T> change) {
    changes.later(session, 0, change);
  }

  private void ended(Key session, Optional<Throwable> problem) {
    if (problem.isPresent()) {
      lost.incrementAndGet();
      LOG.warn(
          "sessions: a turn of {} is not stored: {}", session.id(), problem.get().getMessage());
    }
  }

  /**
   * Waits until the turns of a session are stored that were there before.
   *
   * @throws CapacityProblem if they cannot be stored now
   */
  void await(Key session) {
    changes.awaitChanges(session);
  }

  /** Turns that were not stored. */
  long lost() {
    return lost.get();
  }

  @Override
  public boolean isDue() {
    return false;
  }

  @Override
  public Optional<SessionTransaction> begin(Connection connection, boolean changes)
      throws SQLException {
    Instant now = Instant.ofEpochMilli(clock.millis());
    return changes || SessionTransaction.hasOld(connection, limits, now)
        ? Optional.of(SessionTransaction.begin(connection, limits, now))
        : Optional.empty();
  }

  @Override
  public boolean sweep(SessionTransaction transaction) throws SQLException {
    return transaction.sweep();
  }

  @Override
  public void commit(SessionTransaction transaction, boolean sweep) throws SQLException {
    transaction.commit();
  }
}

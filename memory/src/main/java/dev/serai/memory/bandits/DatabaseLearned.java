package dev.serai.memory.bandits;

import dev.serai.core.bandit.shared.LearnedRow;
import dev.serai.core.bandit.shared.LearnedStore;
import dev.serai.core.problem.cause.FailureText;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.DatabaseClock;
import dev.serai.memory.database.Sql;
import dev.serai.memory.database.ThreadConnection;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Stores what bandits have learned in the database. Each step is a transaction. For one thread,
 * which may block.
 */
public final class DatabaseLearned implements LearnedStore {
  private static final int PAGE = 1_000;

  private final Connector connector;

  /** Gives the connection, which is in transactions of the caller. */
  interface Connector {
    Connection get() throws SQLException;

    /** Something has failed on the connection, or it is no longer needed. */
    void close();
  }

  private interface Step<T> {
    T run(Connection connection) throws SQLException;
  }

  DatabaseLearned(Connector connector) {
    this.connector = connector;
  }

  /** Opens nothing yet. */
  public static DatabaseLearned in(Database database) {
    ThreadConnection open = ThreadConnection.inTransactions(database, "bandits");
    return new DatabaseLearned(
        new Connector() {
          @Override
          public Connection get() throws SQLException {
            return open.get();
          }

          @Override
          public void close() {
            open.close();
          }
        });
  }

  private <T> T step(Step<T> step) throws IOException {
    try {
      Connection connection = connector.get();
      T result = step.run(connection);
      connection.commit();
      return result;
    } catch (SQLException e) {
      connector.close();
      throw new IOException(FailureText.of(e), e);
    }
  }

  @Override
  public String place() {
    return "the database";
  }

  /** A database that has lost its rows is restored from a backup, so it never begins anew. */
  @Override
  public Head head() throws IOException {
    return new Head(0, step(LearnedRows::last));
  }

  @Override
  public void append(Batch batch) throws IOException {
    step(
        connection -> {
          LearnedRows.lock(connection);
          long now = DatabaseClock.millis(connection);
          boolean fresh = LearnedRows.begin(connection, batch.gateway(), batch.number(), now);
          if (fresh) {
            LearnedRows.append(connection, batch.gateway(), batch.states(), now);
          }
          return fresh;
        });
  }

  /** Nothing: see {@link #head}. */
  @Override
  public Set<String> restore(Batch all, Map<String, String> unshared) {
    return Set.of();
  }

  @Override
  public Page ofOthers(String gateway, long after) throws IOException {
    List<LearnedRow> rows =
        step(connection -> LearnedRows.ofOthers(connection, gateway, after, PAGE));
    long upTo = rows.isEmpty() ? after : rows.getLast().number();
    return new Page(rows, upTo, rows.size() == PAGE);
  }

  @Override
  public Rows ofName(String name) throws IOException {
    return step(
        connection ->
            new Rows(LearnedRows.ofName(connection, name), DatabaseClock.millis(connection)));
  }

  @Override
  public List<String> names(int atMost) throws IOException {
    return step(connection -> LearnedRows.names(connection, atMost));
  }

  @Override
  public List<String> foldable(long ageMillis, int rows) throws IOException {
    return step(
        connection ->
            Sql.texts(
                connection,
                "SELECT name FROM bandit_learned WHERE gateway <> '' GROUP BY name"
                    + " HAVING MIN(written_ms) < ? OR COUNT(*) > ?",
                DatabaseClock.millis(connection) - ageMillis,
                rows));
  }

  @Override
  public void fold(List<LearnedRow> rows, LearnedRow sum) throws IOException {
    step(
        connection -> {
          LearnedRows.lock(connection);
          int deleted = 0;
          for (LearnedRow row : rows) {
            deleted +=
                Sql.run(
                    connection,
                    "DELETE FROM bandit_learned WHERE number = ? AND state = ?",
                    row.number(),
                    row.state());
          }
          if (deleted == rows.size()) {
            LearnedRows.insert(connection, sum);
          } else {
            connection.rollback();
          }
          return deleted;
        });
  }

  @Override
  public void forget(long ageMillis) throws IOException {
    step(
        connection -> {
          LearnedRows.lock(connection);
          long old = DatabaseClock.millis(connection) - ageMillis;
          Sql.run(connection, "DELETE FROM bandit_batch WHERE written_ms < ?", old);
          return Sql.run(connection, "DELETE FROM bandit_learned WHERE written_ms < ?", old);
        });
  }

  @Override
  public void close() {
    connector.close();
  }
}

package dev.serai.memory.bandits;

import dev.serai.core.bandit.BanditRules;
import dev.serai.core.bandit.BanditState;
import dev.serai.memory.database.DatabaseClock;
import dev.serai.memory.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Folds old rows of each name into one, so that the table stays small: those that every gateway has
 * read for long, or that are too many. Rows of names of which nothing was learned for long are
 * deleted. Rows that cannot be read stay until then: a newer version may have written them.
 */
final class LearnedFold {
  /** A gateway that could not read for longer misses what others have learned meanwhile. */
  private static final Duration AGE = Duration.ofHours(1);

  private static final int MAX_ROWS = 500;
  private static final Duration KEPT = Duration.ofDays(90);

  private final Connection connection;
  private final RowReplay replay;
  private final BanditRules rules;

  /**
   * @param connection in transactions of the caller
   */
  LearnedFold(Connection connection, RowReplay replay, BanditRules rules) {
    this.connection = connection;
    this.replay = replay;
    this.rules = rules;
  }

  /** Folds what is old, each name in a transaction of its own. */
  void run() throws SQLException {
    long now = DatabaseClock.millis(connection);
    List<String> names =
        Sql.texts(
            connection,
            "SELECT name FROM bandit_learned WHERE gateway <> '' GROUP BY name"
                + " HAVING MIN(written_ms) < ? OR COUNT(*) > ?",
            now - AGE.toMillis(),
            MAX_ROWS);
    connection.commit();
    for (String name : names) {
      LearnedRows.lock(connection);
      fold(LearnedRows.ofName(connection, name), now);
      connection.commit();
    }
    LearnedRows.lock(connection);
    long forgotten = now - KEPT.toMillis();
    Sql.run(connection, "DELETE FROM bandit_learned WHERE written_ms < ?", forgotten);
    Sql.run(connection, "DELETE FROM bandit_batch WHERE written_ms < ?", forgotten);
    connection.commit();
  }

  private void fold(List<LearnedRow> rows, long now) throws SQLException {
    List<LearnedRow> old = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).writtenMillis() < now - AGE.toMillis() || i < rows.size() - MAX_ROWS) {
        old.add(rows.get(i));
      }
    }
    List<RowReplay.Readable> folded = replay.readable(old);
    if (folded.isEmpty()) {
      return;
    }
    LearnedRow last = folded.getLast().row();
    BanditState sum = replay.sum(folded, rules, last.writtenMillis());
    for (RowReplay.Readable each : folded) {
      Sql.run(connection, "DELETE FROM bandit_learned WHERE number = ?", each.row().number());
    }
    LearnedRows.insert(
        connection,
        new LearnedRow(last.number(), last.name(), "", last.writtenMillis(), sum.text()));
  }
}

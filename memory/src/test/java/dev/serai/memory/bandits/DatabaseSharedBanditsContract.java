package dev.serai.memory.bandits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.bandit.shared.LearnedStore;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same on every database. */
abstract class DatabaseSharedBanditsContract extends SharedBanditsContract {
  @TempDir Path folder;
  private Database database;

  abstract String url();

  @BeforeEach
  final void begin() throws SQLException {
    database = new Database(url(), folder);
    empty();
  }

  private void empty() throws SQLException {
    change("DELETE FROM bandit_learned WHERE 1 = 1");
    change("DELETE FROM bandit_batch WHERE 1 = 1");
  }

  private int change(String sql, Object... values) throws SQLException {
    try (Connection connection = database.connect()) {
      return Sql.run(connection, sql, values);
    }
  }

  @Override
  protected LearnedStore store() {
    return DatabaseLearned.in(database);
  }

  @Override
  protected int rows() throws SQLException {
    try (Connection connection = database.connect()) {
      return Sql.texts(connection, "SELECT name FROM bandit_learned").size();
    }
  }

  @Override
  protected void pass(Duration time) throws SQLException {
    change("UPDATE bandit_learned SET written_ms = written_ms - ?", time.toMillis());
  }

  @Override
  protected void write(String state) throws SQLException {
    change("UPDATE bandit_learned SET state = ? WHERE 1 = 1", state);
  }

  @Test
  void anOlderBackupOfTheDatabaseIsTakenUp() throws Exception {
    LearningGateway one = gateway().learn(3).exchange();
    LearningGateway other = gateway().exchange();
    empty();
    change("UPDATE bandit_number SET last = 0");
    other.exchange();
    one.learn(2).exchange();
    assertThat(other.exchange().calls()).isEqualTo(5);
  }
}

package dev.serai.memory.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of SQLite of another program is refused at the start, and not changed. */
class ForeignFileTest {
  @TempDir Path folder;

  private void run(String... statements) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("foreign.db"));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private Database database(boolean sharing) {
    return new Database("sqlite:foreign.db", folder, DatabaseTimeouts.DEFAULT, sharing);
  }

  @Test
  void tablesOfAnotherProgramAreNamedAndNothingIsChanged() throws Exception {
    run("CREATE TABLE LiteLLM_SpendLogs (id int)", "CREATE TABLE b (id int)");
    Path file = folder.resolve("foreign.db");
    byte[] before = Files.readAllBytes(file);
    Object permissions = Files.getPosixFilePermissions(file);

    for (boolean sharing : List.of(true, false)) {
      assertThat(database(sharing).foreign())
          .get()
          .asString()
          .contains("foreign.db", "(LiteLLM_SpendLogs, b)", "SERAI_DATABASE_URL=sqlite:FILE");
      assertThatThrownBy(database(sharing)::connect).isInstanceOf(ForeignDatabaseException.class);
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(permissions);
  }

  @Test
  void theHistoryOfAnotherProgramIsNotTakenForOurs() throws Exception {
    run(
        "CREATE TABLE flyway_schema_history (version text, script text, success boolean)",
        "INSERT INTO flyway_schema_history VALUES ('4', 'V4__orders.sql', true)");
    assertThat(database(false).foreign()).isPresent();
  }

  @Test
  void aFileThatIsNotADatabaseIsRefused() throws Exception {
    Files.writeString(folder.resolve("foreign.db"), "a text that is no database\n".repeat(200));
    assertThat(database(false).foreign()).get().asString().contains("is not a SQLite database");
  }

  @Test
  void aMissingFileAnEmptyOneAndOurOwnAreUsed() throws Exception {
    assertThat(database(false).foreign()).isEmpty();
    assertThat(folder.resolve("foreign.db")).doesNotExist();
    Files.createFile(folder.resolve("foreign.db"));
    assertThat(database(false).foreign()).isEmpty();
    database(false).connect().close();
    assertThat(database(false).foreign()).isEmpty();
  }

  @Test
  void aMigrationThatFailsSaysWhy() throws Exception {
    run(
        "CREATE TABLE flyway_schema_history (installed_rank INT PRIMARY KEY, version TEXT,"
            + " description TEXT, type TEXT, script TEXT, checksum INT, installed_by TEXT,"
            + " installed_on TEXT, execution_time INT, success BOOLEAN)",
        "INSERT INTO flyway_schema_history VALUES (1, '1', 'usage', 'SQL', 'V1__usage.sql', 1, '',"
            + " '2026-01-01 00:00:00', 1, false)");
    assertThatThrownBy(database(false)::connect)
        .hasMessageMatching("the schema cannot be migrated: .*[a-z].*")
        .hasMessageNotContaining("\n");
  }
}

package dev.serai.memory.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database of another program is not changed unless the operator names it for Serai. */
class ForeignTablesTest {
  @TempDir static Path folder;
  private static Postgres server;

  @BeforeAll
  static void start() {
    server = Postgres.start(folder.resolve("data"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String created(String name) throws SQLException {
    run("postgres", "CREATE DATABASE " + name);
    return url(name);
  }

  private static String url(String name) {
    String url = server.url();
    return url.substring(0, url.lastIndexOf('/') + 1) + name;
  }

  private static void run(String database, String sql) throws SQLException {
    DatabaseUrl url = DatabaseUrl.of(url(database), folder);
    try (Connection connection = DriverManager.getConnection(url.jdbc(), url.properties());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Database database(String url, boolean sharing) {
    return new Database(url, folder, DatabaseTimeouts.DEFAULT, sharing);
  }

  @Test
  void tablesOfAnotherProgramAreRefusedAndNamedAndNothingIsCreated() throws Exception {
    String url = created("litellm");
    run("litellm", "CREATE TABLE \"LiteLLM_SpendLogs\" (id int); CREATE TABLE b (id int)");
    Database database = database(url, false);

    assertThat(database.foreign())
        .get()
        .asString()
        .contains("/litellm, which DATABASE_URL names")
        .contains("(LiteLLM_SpendLogs, b)")
        .contains("SERAI_DATABASE_URL")
        .doesNotContain("postgres:postgres");
    assertThatThrownBy(database::connect).isInstanceOf(ForeignDatabaseException.class);
    run("litellm", "CREATE TABLE usage_attempt (id int)"); // it was not there
  }

  @Test
  void aDatabaseThatIsNamedForSeraiIsShared() throws Exception {
    String url = created("shared");
    run("shared", "CREATE TABLE theirs (id int)");

    assertThat(database(url, true).foreign()).isEmpty();
    database(url, true).connect().close();
    assertThat(database(url, false).foreign()).as("Serai's tables are there now").isEmpty();
    database(url, false).connect().close();
  }

  @Test
  void seraisTablesAreFoundAmongManyOthers() throws Exception {
    String url = created("crowded");
    database(url, true).connect().close();
    run(
        "crowded",
        "DO $$ BEGIN FOR i IN 1..250 LOOP EXECUTE 'CREATE TABLE a' || i || ' (id int)';"
            + " END LOOP; END $$");

    assertThat(database(url, false).foreign()).isEmpty();
  }

  @Test
  void anEmptyDatabaseIsUsed() throws Exception {
    String url = created("fresh");
    assertThat(database(url, false).foreign()).isEmpty();
    database(url, false).connect().close();
  }

  @Test
  void theHistoryOfAnotherProgramIsNeverTakenForOurs() throws Exception {
    String url = created("flyway");
    run(
        "flyway",
        "CREATE TABLE flyway_schema_history (version text, script text, success boolean);"
            + " INSERT INTO flyway_schema_history VALUES ('4', 'V4__orders.sql', true)");

    assertThatThrownBy(() -> database(url, true).connect())
        .isInstanceOf(ForeignDatabaseException.class)
        .hasMessageContaining("?currentSchema=");
  }

  @Test
  void aServerThatCannotBeReachedIsNotRefused() {
    assertThat(database("postgres://u:p@127.0.0.1:1/x", false).foreign()).isEmpty();
  }
}

package dev.serai.memory.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  private static final String CALL =
      "INSERT INTO usage_attempt (request_id, attempt, terminal, time_ms, surface, asked, provider,"
          + " model, latency_us) VALUES ('1', 1, 1, 0, 'openai', 'm', 'p', 'm', 1)";

  @TempDir Path folder;

  @Test
  void aDatabaseOfAnOlderGatewayIsMigratedWithItsData() throws Exception {
    Files.createDirectories(folder.resolve("sqlite"));
    keepsWhatItHas("sqlite", false);
    try (Postgres server = Postgres.start(folder.resolve("data"))) {
      keepsWhatItHas(server.url(), true);
    }
  }

  private void keepsWhatItHas(String url, boolean isServer) throws SQLException {
    DatabaseUrl parsed = DatabaseUrl.of(url, folder.resolve("sqlite"));
    migrate(parsed, isServer, "1");
    execute(parsed, CALL);
    migrate(parsed, isServer, "10");
    execute(parsed, "INSERT INTO budget_account VALUES ('b', 't', 'v', 1, 2, 3, 'other')");
    execute(parsed, "INSERT INTO budget_lease VALUES ('b', 't', 'v', 1, 2, 'owner', 5, 4, 6)");
    Database database = new Database(url, folder.resolve("sqlite"));

    assertThat(count(database, "usage_attempt")).isEqualTo(1);
    assertThat(count(database, "kept_response")).isZero();
    assertThat(count(database, "usage_hour")).as("the sums of what was there").isEqualTo(1);
    assertThat(count(database, "usage_day")).isEqualTo(1);
    assertThat(count(database, "budget_account WHERE until_ms = 2 AND wanted_ms = 3")).isEqualTo(1);
    assertThat(count(database, "budget_lease WHERE nano_usd = 5 AND held_nano_usd = 4"))
        .isEqualTo(1);
    assertThat(count(database, "budget_lease WHERE owner = 'owner' AND expires_ms = 6"))
        .isEqualTo(1);
  }

  private static void migrate(DatabaseUrl url, boolean isServer, String version) {
    String common = "classpath:dev/serai/memory/schema";
    Flyway.configure()
        .dataSource(url.jdbc(), url.user(), url.password())
        .locations(common, common + (isServer ? "_postgresql" : "_sqlite"))
        .placeholders(
            Map.of(
                "table_options", isServer ? "" : " WITHOUT ROWID",
                "bytes", isServer ? "BYTEA" : "BLOB"))
        .target(version)
        .load()
        .migrate();
  }

  private static void execute(DatabaseUrl url, String sql) throws SQLException {
    try (Connection old = DriverManager.getConnection(url.jdbc(), url.properties());
        Statement statement = old.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void aDatabaseThatWasNeverOpenedHasNothingToWaitFor() throws Exception {
    Database database = new Database("sqlite", folder);
    assertThat(database.mayHaveRows()).isFalse();
    database.connect().close();
    assertThat(new Database("sqlite", folder).mayHaveRows()).isTrue();
    assertThat(new Database("postgres://user:word@127.0.0.1:1/db", folder).mayHaveRows()).isTrue();
  }

  @Test
  void onlyTheOwnerMayReadTheFileOfSqlite() throws Exception {
    Path file = Files.createFile(folder.resolve("serai.db"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    try (Connection connection = new Database("sqlite", folder).connect();
        Statement statement = connection.createStatement()) {
      statement.execute(CALL);
      for (String name : List.of("serai.db", "serai.db-wal", "serai.db-shm", "schema.lock")) {
        assertThat(Files.getPosixFilePermissions(folder.resolve(name)))
            .as(name)
            .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      }
    }
  }

  private static long count(Database database, String table) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
      found.next();
      return found.getLong(1);
    }
  }
}

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
    keepsWhatItHas("sqlite", Map.of("table_options", " WITHOUT ROWID", "bytes", "BLOB"));
    try (Postgres server = Postgres.start(folder.resolve("data"))) {
      keepsWhatItHas(server.url(), Map.of("table_options", "", "bytes", "BYTEA"));
    }
  }

  private void keepsWhatItHas(String url, Map<String, String> words) throws SQLException {
    DatabaseUrl parsed = DatabaseUrl.of(url, folder.resolve("sqlite"));
    Flyway.configure()
        .dataSource(parsed.jdbc(), parsed.user(), parsed.password())
        .locations("classpath:dev/serai/memory/schema")
        .placeholders(words)
        .target("1")
        .load()
        .migrate();
    Database database = new Database(url, folder.resolve("sqlite"));
    try (Connection old = DriverManager.getConnection(parsed.jdbc(), parsed.properties());
        Statement statement = old.createStatement()) {
      statement.execute(CALL);
    }

    assertThat(count(database, "usage_attempt")).isEqualTo(1);
    assertThat(count(database, "kept_response")).isZero();
    assertThat(count(database, "usage_hour")).as("the sums of what was there").isEqualTo(1);
    assertThat(count(database, "usage_day")).isEqualTo(1);
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

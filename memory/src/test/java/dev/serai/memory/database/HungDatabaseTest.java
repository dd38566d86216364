package dev.serai.memory.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.problem.CapacityProblem;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A database that takes connections and bytes and never responds. */
class HungDatabaseTest {
  private static final DatabaseTimeouts SHORT =
      new DatabaseTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
  private static final int READERS = 8;

  @TempDir static Path data;
  @RegisterExtension static final PostgresServer server = new PostgresServer();

  @Test
  void readsAreRefusedInTimeWhileItHangsAndGoOnAfterwards() throws Exception {
    try (DeafProxy proxy = new DeafProxy(server.port());
        DatabaseReader reader = new DatabaseReader(database(proxy), "ledger");
        ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(eventually(reader)).isEqualTo(1);
      proxy.deafen(true);

      long began = System.nanoTime();
      List<Future<?>> refused = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        refused.add(readers.submit(() -> isRefused(reader)));
      }
      for (Future<?> each : refused) {
        each.get(20, TimeUnit.SECONDS);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));

      proxy.deafen(false);
      assertThat(eventually(reader)).isEqualTo(1);
    }
  }

  @Test
  void aSlowQueryIsEndedAndItsThreadIsFreeAgain() throws Exception {
    new Database(server.url(), data).connect().close(); // with its schema, which takes longer
    new Database("sqlite", data).connect().close();
    try (DatabaseReader postgres =
            new DatabaseReader(new Database(server.url(), data, SHORT), "a");
        DatabaseReader sqlite = new DatabaseReader(new Database("sqlite", data, SHORT), "b")) {
      for (int i = 0; i < 3; i++) {
        isRefused(postgres, "SELECT 1 FROM pg_sleep(60)");
        isRefused(sqlite, ENDLESS);
      }
      assertThat(eventually(postgres)).isEqualTo(1);
      assertThat(eventually(sqlite)).isEqualTo(1);
    }
  }

  private static final String ENDLESS =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n";

  private static void isRefused(DatabaseReader reader) {
    isRefused(reader, "SELECT 1");
  }

  private static void isRefused(DatabaseReader reader, String sql) {
    assertThatThrownBy(() -> reader.read(connection -> number(connection, sql)))
        .isInstanceOf(CapacityProblem.class);
  }

  private static int eventually(DatabaseReader reader) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      try {
        return reader.read(HungDatabaseTest::one);
      } catch (CapacityProblem e) {
        assertThat(System.nanoTime()).isLessThan(end);
      }
    }
  }

  private static Database database(DeafProxy proxy) {
    String url = "postgres://postgres:postgres@127.0.0.1:" + proxy.port() + "/postgres";
    return new Database(url, data, SHORT);
  }

  private static int one(Connection connection) throws SQLException {
    return number(connection, "SELECT 1");
  }

  private static int number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return found.getInt(1);
    }
  }
}

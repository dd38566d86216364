package dev.serai.memory.budgets;

import dev.serai.memory.database.Postgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class PostgresAlertTest extends AlertContract {
  @TempDir static Path data;
  static Postgres server;

  @BeforeAll
  static void startServer() {
    server = Postgres.start(data.resolve("data"));
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  String url() {
    return server.url();
  }
}

package dev.serai.memory.ledger;

import dev.serai.memory.database.Postgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class PostgresUsagePlansTest extends UsagePlansContract {
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

  @Override
  String explain() {
    return "EXPLAIN ";
  }

  @Override
  String boundedAttempts() {
    return "Index Scan using usage_attempt_pkey on usage_attempt ";
  }

  @Override
  String byClientId() {
    return "usage_attempt_client_request_id";
  }

  /** A table with few rows is read whole, which is cheaper there. */
  @Override
  void prepare(Statement statement) throws SQLException {
    statement.execute("SET enable_seqscan = off; SET enable_bitmapscan = off");
  }
}

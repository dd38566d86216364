package dev.serai.memory.ledger;

import dev.serai.memory.database.PostgresServer;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresUsagePlansTest extends UsagePlansContract {
  @RegisterExtension static final PostgresServer server = new PostgresServer();

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

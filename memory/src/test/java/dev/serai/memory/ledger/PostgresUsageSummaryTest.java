package dev.serai.memory.ledger;

import dev.serai.memory.database.PostgresServer;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresUsageSummaryTest extends UsageSummaryContract {
  @RegisterExtension static final PostgresServer server = new PostgresServer();

  @Override
  String url() {
    return server.url();
  }
}

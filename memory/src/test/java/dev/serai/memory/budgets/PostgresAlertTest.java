package dev.serai.memory.budgets;

import dev.serai.memory.database.PostgresServer;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresAlertTest extends AlertContract {
  @RegisterExtension static final PostgresServer server = new PostgresServer();

  @Override
  String url() {
    return server.url();
  }
}

package dev.serai.memory.management;

import dev.serai.memory.database.PostgresServer;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresBudgetStoreTest extends BudgetStoreContract {
  @RegisterExtension static final PostgresServer server = new PostgresServer();

  @Override
  String url() {
    return server.url();
  }
}

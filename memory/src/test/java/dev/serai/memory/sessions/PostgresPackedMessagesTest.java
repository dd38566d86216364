package dev.serai.memory.sessions;

import dev.serai.memory.database.PostgresServer;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresPackedMessagesTest extends PackedMessagesContract {
  @RegisterExtension static final PostgresServer server = new PostgresServer();

  @Override
  String url() {
    return server.url();
  }
}

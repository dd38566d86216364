package dev.serai.memory.feedback;

import dev.serai.memory.database.PostgresServer;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresFeedbackTest extends FeedbackContract {
  @RegisterExtension static final PostgresServer server = new PostgresServer();

  @Override
  String url() {
    return server.url();
  }
}

package dev.serai.memory.objects;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.memory.database.PostgresServer;
import java.time.InstantSource;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresMemoryStoreTest extends MemoryStoreContract {
  @RegisterExtension static final PostgresServer server = new PostgresServer();

  @Override
  protected Opened open(long quota, InstantSource clock, BackgroundThreads threads) {
    return inDatabase(server.url(), quota, clock, threads);
  }
}

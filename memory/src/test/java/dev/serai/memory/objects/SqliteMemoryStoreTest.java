package dev.serai.memory.objects;

import dev.serai.core.background.BackgroundThreads;
import java.time.InstantSource;

class SqliteMemoryStoreTest extends MemoryStoreContract {
  @Override
  protected Opened open(long quota, InstantSource clock, BackgroundThreads threads) {
    return inDatabase("sqlite", quota, clock, threads);
  }
}

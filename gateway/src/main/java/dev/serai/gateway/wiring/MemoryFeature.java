package dev.serai.gateway.wiring;

import dev.serai.config.state.MemorySettings;
import dev.serai.gateway.management.AdminRequests;
import dev.serai.memory.database.Database;
import dev.serai.memory.objects.DatabaseMemoryStore;
import dev.serai.processors.memory.MemorySteps;
import java.util.Map;

/** Stores memory objects. */
final class MemoryFeature implements Feature {
  private final SharedParts shared;
  private final MemorySettings settings;
  private final DatabaseMemoryStore store;

  MemoryFeature(SharedParts shared, Database database) {
    this.shared = shared;
    settings = shared.settings().state().memory();
    store =
        new DatabaseMemoryStore(database, settings.quotaBytes(), shared.clock(), shared.threads());
  }

  @Override
  public Map<String, Object> beans() {
    return Map.copyOf(
        MemorySteps.of(store, AdminRequests.memory(), settings.cacheTtl(), shared.loops()));
  }

  @Override
  public void start() {
    store.start();
  }

  @Override
  public void close() {
    store.close();
  }
}

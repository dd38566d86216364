package dev.serai.gateway.wiring;

import dev.serai.adapters.dialects.responses.ResponsesSurface;
import dev.serai.config.state.ResponseSettings;
import dev.serai.core.call.CallListener;
import dev.serai.core.responses.ResponseStore;
import dev.serai.memory.database.Database;
import dev.serai.memory.responses.DatabaseResponseStore;
import dev.serai.memory.responses.InMemoryResponseStore;
import dev.serai.memory.responses.ResponseStoreLimits;
import dev.serai.processors.responses.ResponseSteps;
import dev.serai.processors.responses.StoreResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stores responses that later requests can look up and continue from. */
final class ResponsesFeature implements Feature {
  private final SharedParts shared;
  private final ResponseStore store;
  private final Optional<DatabaseResponseStore> durable;

  ResponsesFeature(SharedParts shared, Database database) {
    this.shared = shared;
    ResponseSettings settings = shared.settings().state().responses();
    if (settings.databaseMegabytes() == 0) {
      durable = Optional.empty();
      store =
          new InMemoryResponseStore(settings.memoryBytes(), settings.retention(), shared.ticker());
    } else {
      ResponseStoreLimits limits =
          new ResponseStoreLimits(
              settings.retention(), settings.databaseBytes(), settings.memoryBytes());
      DatabaseResponseStore opened =
          new DatabaseResponseStore(
              database,
              limits,
              ResponsesSurface::readStored,
              new DatabaseResponseStore.Background(shared.clock(), shared.threads()));
      shared
          .metrics()
          .counter(
              "serai.responses.not.stored",
              "Responses that are in memory only, because the database could not take them",
              Map.of(),
              opened::lost);
      durable = Optional.of(opened);
      store = opened;
    }
  }

  @Override
  public Map<String, Object> beans() {
    return Map.copyOf(ResponseSteps.of(store, shared.loops()));
  }

  @Override
  public List<CallListener> listeners() {
    return List.of(new StoreResponse(store));
  }

  @Override
  public void start() {
    durable.ifPresent(DatabaseResponseStore::start);
  }

  @Override
  public void close() {
    durable.ifPresent(DatabaseResponseStore::close);
  }
}

package dev.serai.gateway;

import dev.serai.adapters.dialects.responses.ResponsesSurface;
import dev.serai.config.state.ResponseSettings;
import dev.serai.core.call.CallListener;
import dev.serai.core.responses.ResponseStore;
import dev.serai.core.time.Ticker;
import dev.serai.memory.database.Database;
import dev.serai.memory.responses.DatabaseResponseStore;
import dev.serai.memory.responses.InMemoryResponseStore;
import dev.serai.memory.responses.ResponseStoreLimits;
import dev.serai.processors.edge.KeepResponse;
import dev.serai.processors.edge.RecallResponse;
import dev.serai.processors.edge.ServeResponse;
import dev.serai.processors.support.EventLoops;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The steps around responses that are kept, by the names that routes use. */
final class ResponseBeans implements AutoCloseable {
  private static final long MEGABYTE = 1024 * 1024;

  private final ResponseStore store;
  private final Optional<DatabaseResponseStore> durable;

  ResponseBeans(ResponseSettings kept, Database database, InstantSource clock) {
    long memoryBytes = kept.memoryMegabytes() * MEGABYTE;
    if (kept.databaseMegabytes() == 0) {
      durable = Optional.empty();
      store = new InMemoryResponseStore(memoryBytes, kept.retention(), Ticker.SYSTEM);
    } else {
      ResponseStoreLimits limits =
          new ResponseStoreLimits(
              kept.retention(), kept.databaseMegabytes() * MEGABYTE, memoryBytes);
      DatabaseResponseStore opened =
          new DatabaseResponseStore(database, limits, ResponsesSurface::readKept, clock);
      durable = Optional.of(opened);
      store = opened;
    }
  }

  Map<String, Object> all(EventLoops loops) {
    return Map.of(
        "recall-response", new RecallResponse(store, loops),
        "serve-response", new ServeResponse(store, loops));
  }

  /** These listeners, and the one that keeps what a call came to. */
  List<CallListener> with(List<CallListener> others) {
    List<CallListener> all = new ArrayList<>(others);
    all.add(new KeepResponse(store));
    return all;
  }

  /** Begins to bring responses to the database, in the background. */
  void start() {
    durable.ifPresent(DatabaseResponseStore::start);
  }

  @Override
  public void close() {
    durable.ifPresent(DatabaseResponseStore::close);
  }
}

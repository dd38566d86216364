package dev.serai.gateway;

import dev.serai.adapters.responses.ResponsesSurface;
import dev.serai.config.state.ResponseSettings;
import dev.serai.config.state.StateSettings;
import dev.serai.core.port.CallListener;
import dev.serai.core.port.ResponseStore;
import dev.serai.core.time.Ticker;
import dev.serai.memory.database.Database;
import dev.serai.memory.kept.KeptDurably;
import dev.serai.memory.kept.KeptInMemory;
import dev.serai.memory.kept.KeptLimits;
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
  private final Optional<KeptDurably> durable;

  ResponseBeans(StateSettings state, InstantSource clock) {
    ResponseSettings kept = state.responses();
    long memoryBytes = kept.memoryMegabytes() * MEGABYTE;
    if (kept.databaseMegabytes() == 0) {
      durable = Optional.empty();
      store = new KeptInMemory(memoryBytes, kept.retention(), Ticker.SYSTEM);
    } else {
      KeptLimits limits =
          new KeptLimits(kept.retention(), kept.databaseMegabytes() * MEGABYTE, memoryBytes);
      Database database = new Database(state.databaseUrl().reveal(), state.folder());
      KeptDurably opened = new KeptDurably(database, limits, ResponsesSurface::readKept, clock);
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
    durable.ifPresent(KeptDurably::start);
  }

  @Override
  public void close() {
    durable.ifPresent(KeptDurably::close);
  }
}

package dev.serai.gateway.wiring;

import dev.serai.adapters.search.LuceneMemoryIndex;
import dev.serai.config.state.MemorySettings;
import dev.serai.core.memory.search.MemoryIndex;
import dev.serai.core.problem.cause.CloseAll;
import dev.serai.gateway.management.AdminRequests;
import dev.serai.gateway.telemetry.metrics.MemoryMeters;
import dev.serai.gateway.telemetry.metrics.Metrics;
import dev.serai.memory.database.Database;
import dev.serai.memory.objects.DatabaseMemoryFeed;
import dev.serai.memory.objects.DatabaseMemoryStore;
import dev.serai.memory.objects.IndexedMemorySearcher;
import dev.serai.memory.objects.MemoryIndexer;
import dev.serai.processors.memory.MemorySteps;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** Stores memory objects, and searches for them with an index in the folder of the state. */
final class MemoryFeature implements Feature {
  private static final Duration STOP = Duration.ofSeconds(10);

  /** Longer texts of an object are not searched to their end. */
  private static final int MAX_TEXT = 256 * 1024;

  private final SharedParts shared;
  private final MemorySettings settings;
  private final DatabaseMemoryStore store;
  private final DatabaseMemoryFeed feed;
  private final MemoryIndexer indexer;

  MemoryFeature(SharedParts shared, Database database) {
    this.shared = shared;
    settings = shared.settings().state().memory();
    store =
        new DatabaseMemoryStore(database, settings.quotaBytes(), shared.clock(), shared.threads());
    feed = new DatabaseMemoryFeed(database, () -> UUID.randomUUID().toString());
    indexer = new MemoryIndexer(feed, this::open, shared.threads());
    meter(shared.metrics());
  }

  private void meter(Metrics metrics) {
    metrics.gauge(
        "serai.memory.objects",
        "Memory objects of all tenants in the store",
        Map.of(),
        () -> store.size().objects());
    metrics.gauge(
        "serai.memory.objects.bytes",
        "Bytes of all memory objects, with their paths",
        Map.of(),
        () -> store.size().bytes());
    metrics.gauge(
        "serai.memory.index.objects",
        "Memory objects in the index of this gateway",
        Map.of(),
        indexer::objects);
    metrics.gauge(
        "serai.memory.index.lag.seconds",
        "How long ago the index had all changes of the store",
        Map.of(),
        () -> indexer.lagNanos() / 1e9);
  }

  private MemoryIndex open() throws IOException {
    Path folder = shared.settings().state().folder().resolve("memory-index");
    return LuceneMemoryIndex.open(folder, json -> AdminRequests.searchedText(json, MAX_TEXT));
  }

  @Override
  public Map<String, Object> beans() {
    MemoryMeters meters = new MemoryMeters(shared.metrics(), shared.ticker());
    MemorySteps.Parts parts =
        new MemorySteps.Parts(
            meters.measured(store),
            meters.measured(new IndexedMemorySearcher(indexer, store)),
            AdminRequests.memory(),
            settings.cacheTtl(),
            shared.memory(),
            shared.ticker());
    return Map.copyOf(MemorySteps.of(parts, shared.loops()));
  }

  @Override
  public void start() {
    store.start();
    indexer.start();
  }

  @Override
  public void close() {
    CloseAll.inOrder(() -> indexer.stop(STOP), feed::close, store::close);
  }
}

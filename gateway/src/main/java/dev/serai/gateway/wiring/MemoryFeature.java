package dev.serai.gateway.wiring;

import dev.serai.config.state.MemorySettings;
import dev.serai.core.embedding.EmbeddingPool;
import dev.serai.core.problem.cause.CloseAll;
import dev.serai.gateway.management.AdminRequests;
import dev.serai.gateway.telemetry.metrics.MemoryMeters;
import dev.serai.gateway.telemetry.metrics.Metrics;
import dev.serai.memory.database.Database;
import dev.serai.memory.objects.IndexedMemorySearcher;
import dev.serai.memory.objects.MemoryIndexer;
import dev.serai.memory.objects.ObjectEmbedder;
import dev.serai.processors.memory.MemorySteps;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stores memory objects, and searches for them with an index that follows the store. */
final class MemoryFeature implements Feature {
  private static final Duration STOP = Duration.ofSeconds(10);

  private final SharedParts shared;
  private final MemorySettings settings;
  private final MemoryBackend backend;
  private final MemoryIndexer indexer;
  private final Optional<EmbeddingPool> embedder;
  private final Optional<ObjectEmbedder> objects;

  MemoryFeature(SharedParts shared, Database database) {
    this.shared = shared;
    settings = shared.settings().state().memory();
    backend = MemoryBackend.of(shared, database);
    embedder =
        MemoryEmbeddings.open("state.memory.embeddings", settings.embeddings(), shared.threads());
    Optional<String> model = embedder.map(EmbeddingPool::model);
    indexer = new MemoryIndexer(backend.feed(), () -> backend.openIndex(model), shared.threads());
    objects = embedder.map(this::objectEmbedder);
    meter(shared.metrics());
    embedder.ifPresent(pool -> MemoryEmbeddings.meter(pool, shared.metrics()));
    objects.ifPresent(running -> MemoryEmbeddings.meter(running, shared.metrics()));
  }

  private ObjectEmbedder objectEmbedder(EmbeddingPool pool) {
    ObjectEmbedder.Objects all =
        new ObjectEmbedder.Objects(backend.hits(), MemoryBackend::searched, backend.time());
    return new ObjectEmbedder(indexer, all, pool, shared.threads());
  }

  /** What makes the embeddings; empty if objects have none. Closed by this feature. */
  Optional<EmbeddingPool> embedder() {
    return embedder;
  }

  private void meter(Metrics metrics) {
    metrics.gauge(
        "serai.memory.objects",
        "Memory objects of all tenants in the store",
        Map.of(),
        () -> backend.size().objects());
    metrics.gauge(
        "serai.memory.objects.bytes",
        "Bytes of all memory objects, as they count for quotas",
        Map.of(),
        () -> backend.size().bytes());
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

  @Override
  public Map<String, Object> beans() {
    MemoryMeters meters = new MemoryMeters(shared.metrics(), shared.ticker());
    MemorySteps.Parts parts =
        new MemorySteps.Parts(
            meters.measured(backend.store()),
            meters.measured(searcher()),
            AdminRequests.memory(),
            settings.cacheTtl(),
            shared.memory(),
            shared.ticker());
    return Map.copyOf(MemorySteps.of(parts, shared.loops()));
  }

  private IndexedMemorySearcher searcher() {
    return new IndexedMemorySearcher(
        indexer, backend.hits(), backend.time(), embedder.map(pool -> pool));
  }

  @Override
  public List<String> unavailable() {
    boolean fails = objects.map(ObjectEmbedder::failed).orElse(0) > 0;
    return fails ? List.of("memory_embeddings") : List.of();
  }

  @Override
  public void start() {
    backend.start();
    indexer.start();
    objects.ifPresent(ObjectEmbedder::start);
  }

  @Override
  public void close() {
    CloseAll.inOrder(
        () -> objects.ifPresent(running -> running.stop(STOP)),
        () -> indexer.stop(STOP),
        () -> embedder.ifPresent(EmbeddingPool::close),
        backend::close);
  }
}

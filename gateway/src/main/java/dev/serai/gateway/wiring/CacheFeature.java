package dev.serai.gateway.wiring;

import dev.serai.config.CacheSettings;
import dev.serai.config.Settings;
import dev.serai.config.state.MemorySettings.Embeddings;
import dev.serai.config.state.SemanticCacheSettings;
import dev.serai.core.cache.meaning.MeaningPolicy;
import dev.serai.core.embedding.EmbeddingPool;
import dev.serai.core.request.CacheMode;
import dev.serai.gateway.telemetry.metrics.Metrics;
import dev.serai.memory.cache.InMemoryResponseCache;
import dev.serai.memory.cache.InMemorySimilarPrompts;
import dev.serai.processors.cache.CacheSteps;
import dev.serai.processors.cache.PromptComparison;
import java.util.Map;
import java.util.Optional;

/** Sends responses again to calls that ask for the same, or for what means the same. */
final class CacheFeature implements Feature {
  private static final double NANO = 1e-9;

  private final SharedParts shared;
  private final InMemoryResponseCache cache;
  private final InMemorySimilarPrompts prompts;
  private final Optional<EmbeddingPool> own;
  private final CacheSteps steps;
  private volatile CacheSettings settings;

  /**
   * @param others makes embeddings of memory objects; used for questions too, if it is there
   */
  CacheFeature(SharedParts shared, Optional<EmbeddingPool> others) {
    this.shared = shared;
    settings = shared.settings().cache();
    cache = new InMemoryResponseCache(this::bounds, shared.ticker());
    prompts =
        new InMemorySimilarPrompts(
            this::promptBounds, () -> settings.semantic().threshold(), shared.ticker());
    Embeddings wanted = settings.semantic().embeddings();
    own =
        others.isPresent()
            ? Optional.empty()
            : MemoryEmbeddings.open("cache.semantic.embeddings", wanted, shared.threads());
    Optional<EmbeddingPool> pool =
        wanted == Embeddings.NONE ? Optional.empty() : others.or(() -> own);
    steps =
        new CacheSteps(
            cache,
            this::mode,
            pool.map(
                embedder -> new PromptComparison(embedder, prompts, this::rules, shared.loops())),
            shared.catalogue(),
            shared.memory(),
            shared.loops());
    own.ifPresent(opened -> MemoryEmbeddings.meter(opened, shared.metrics()));
    measure();
  }

  private InMemoryResponseCache.Bounds bounds() {
    return new InMemoryResponseCache.Bounds(settings.memoryBytes(), settings.ttl().toNanos());
  }

  /** Questions take a quarter of what responses take, beside them. */
  private InMemoryResponseCache.Bounds promptBounds() {
    return new InMemoryResponseCache.Bounds(settings.memoryBytes() / 4, settings.ttl().toNanos());
  }

  private PromptComparison.Rules rules() {
    SemanticCacheSettings semantic = settings.semantic();
    return new PromptComparison.Rules(
        new MeaningPolicy(semantic.maxTemperature()), semantic.timeLimit());
  }

  private CacheMode mode() {
    return settings.mode();
  }

  private void measure() {
    Metrics metrics = shared.metrics();
    String help = "Chat calls that have read the cache of responses, by outcome";
    metrics.counter("serai.cache.calls", help, Map.of("result", "hit"), steps::hits);
    metrics.counter(
        "serai.cache.calls", help, Map.of("result", "semantic_hit"), steps::semanticHits);
    metrics.counter("serai.cache.calls", help, Map.of("result", "miss"), steps::misses);
    metrics.counter(
        "serai.cache.saved.usd",
        "What the responses had cost that the cache has sent again, where their price is known",
        Map.of(),
        () -> steps.savedNanoUsd() * NANO);
    metrics.gauge(
        "serai.cache.responses", "Responses in the cache", Map.of(), () -> (double) cache.size());
    metrics.gauge(
        "serai.cache.bytes",
        "About how many bytes the responses in the cache take, with their questions",
        Map.of(),
        () -> (double) cache.bytes() + prompts.bytes());
  }

  @Override
  public Map<String, Object> beans() {
    return Map.copyOf(steps.byName());
  }

  /** Other addresses, parameters or header fields of providers make other responses. */
  @Override
  public void replace(Settings fresh) {
    settings = fresh.cache();
    cache.clear();
    prompts.clear();
  }

  @Override
  public void close() {
    own.ifPresent(EmbeddingPool::close);
  }
}

package dev.serai.gateway.wiring;

import dev.serai.config.CacheSettings;
import dev.serai.config.Settings;
import dev.serai.core.request.CacheMode;
import dev.serai.gateway.telemetry.metrics.Metrics;
import dev.serai.memory.cache.InMemoryResponseCache;
import dev.serai.processors.cache.CacheSteps;
import java.util.Map;

/** Sends responses again to calls that ask for the same. */
final class CacheFeature implements Feature {
  private static final double NANO = 1e-9;

  private final SharedParts shared;
  private final InMemoryResponseCache cache;
  private final CacheSteps steps;
  private volatile CacheSettings settings;

  CacheFeature(SharedParts shared) {
    this.shared = shared;
    settings = shared.settings().cache();
    cache = new InMemoryResponseCache(this::bounds, shared.ticker());
    steps = new CacheSteps(cache, this::mode, shared.catalogue(), shared.memory(), shared.loops());
    measure();
  }

  private InMemoryResponseCache.Bounds bounds() {
    return new InMemoryResponseCache.Bounds(settings.memoryBytes(), settings.ttl().toNanos());
  }

  private CacheMode mode() {
    return settings.mode();
  }

  private void measure() {
    Metrics metrics = shared.metrics();
    String help = "Chat calls that have read the cache of responses, by outcome";
    metrics.counter("serai.cache.calls", help, Map.of("result", "hit"), steps::hits);
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
        "About how many bytes the responses in the cache take",
        Map.of(),
        () -> (double) cache.bytes());
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
  }
}

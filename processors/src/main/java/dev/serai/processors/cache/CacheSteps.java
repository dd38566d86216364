package dev.serai.processors.cache;

import dev.serai.core.cache.ResponseCache;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.request.CacheMode;
import dev.serai.processors.support.EventLoops;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Processor;

/** Makes the steps of the cache of responses, and counts what they do. Thread-safe. */
public final class CacheSteps {
  private final CacheCounters counters = new CacheCounters();
  private final FindCachedResponse find;
  private final CacheResponse store;

  /**
   * @param mode of calls that do not say how they use the cache
   * @param catalogue knows what a response has cost
   * @param meaning compares questions; empty if only the same ones count
   * @param memory counts the bytes of responses that are read
   */
  public CacheSteps(
      ResponseCache cache,
      Supplier<CacheMode> mode,
      Optional<PromptComparison> meaning,
      ModelCatalogue catalogue,
      ByteLimit memory,
      EventLoops loops) {
    find =
        new FindCachedResponse(cache, new FindCachedResponse.Ways(mode, meaning), counters, loops);
    store = new CacheResponse(cache, meaning.map(PromptComparison::prompts), catalogue, memory);
  }

  /** The steps by the name that routes use. */
  public Map<String, Processor> byName() {
    return Map.of("find-cached-response", find, "cache-response", store);
  }

  /** Calls that the response to the same question served. */
  public long hits() {
    return counters.hits();
  }

  /** Calls that the response to a question which means the same served. */
  public long semanticHits() {
    return counters.semanticHits();
  }

  /** Calls that read the cache, for which no response was stored. */
  public long misses() {
    return counters.misses();
  }

  /**
   * What the responses of the hits had cost, where that is known: in nano US dollars (1e-9 USD).
   */
  public long savedNanoUsd() {
    return counters.savedNanoUsd();
  }
}

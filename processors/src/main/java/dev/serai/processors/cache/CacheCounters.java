package dev.serai.processors.cache;

import java.util.concurrent.atomic.LongAdder;

/** Counts what the cache of responses did. Thread-safe. */
final class CacheCounters {
  private final LongAdder hits = new LongAdder();
  private final LongAdder semanticHits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder savedNanoUsd = new LongAdder();

  /** Calls that the response to the same question served. */
  long hits() {
    return hits.sum();
  }

  /** Calls that the response to a question which means the same served. */
  long semanticHits() {
    return semanticHits.sum();
  }

  /** Calls for which none was stored. */
  long misses() {
    return misses.sum();
  }

  /**
   * What the responses of the hits had cost, where that is known: in nano US dollars (1e-9 USD).
   */
  long savedNanoUsd() {
    return savedNanoUsd.sum();
  }

  void hit(long nanoUsd) {
    hits.increment();
    savedNanoUsd.add(nanoUsd);
  }

  void semanticHit(long nanoUsd) {
    semanticHits.increment();
    savedNanoUsd.add(nanoUsd);
  }

  void miss() {
    misses.increment();
  }
}

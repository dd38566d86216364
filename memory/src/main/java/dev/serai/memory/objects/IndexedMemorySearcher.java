package dev.serai.memory.objects;

import dev.serai.core.memory.search.HitReader;
import dev.serai.core.memory.search.MemoryHit;
import dev.serai.core.memory.search.MemoryIndex;
import dev.serai.core.memory.search.MemorySearch;
import dev.serai.core.memory.search.MemorySearcher;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.cause.FailureText;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches the index, and reads what it finds from the store: an object that is not there any more,
 * or is another one by now, is left out. Thread-safe.
 */
public final class IndexedMemorySearcher implements MemorySearcher {
  private static final Logger LOG = LoggerFactory.getLogger(IndexedMemorySearcher.class);
  private static final Duration MAX_WAIT = Duration.ofSeconds(5);

  /** How many more are searched, for those that are left out. */
  private static final int RESERVE = 20;

  private final MemoryIndexer indexer;
  private final HitReader store;
  private final InstantSource clock;

  /**
   * @param clock by which objects expire
   */
  public IndexedMemorySearcher(MemoryIndexer indexer, HitReader store, InstantSource clock) {
    this.indexer = indexer;
    this.store = store;
    this.clock = clock;
  }

  @Override
  public List<Found> search(String tenant, MemorySearch search, boolean current) {
    MemoryIndex index = current ? indexer.caughtUp(MAX_WAIT) : indexer.current();
    List<MemoryHit> hits = hits(index, tenant, search.withLimit(2 * search.limit() + RESERVE));
    return store.read(tenant, hits, search.limit());
  }

  private List<MemoryHit> hits(MemoryIndex index, String tenant, MemorySearch search) {
    try {
      return index.search(tenant, search, clock.instant());
    } catch (IOException e) {
      LOG.warn("memory: the index cannot be searched: {}", FailureText.of(e));
      throw new CapacityProblem(
          "memory_unavailable", "Memory objects cannot be searched now.", Duration.ofSeconds(5));
    }
  }
}

package dev.serai.core.memory.search;

import dev.serai.core.memory.MemoryObject;
import dev.serai.core.problem.CapacityProblem;
import java.util.List;

/** Searches for memory objects. May block. Thread-safe. */
@FunctionalInterface
public interface MemorySearcher {
  /**
   * An object that fits.
   *
   * @param score higher is better; comparable within one search
   */
  record Found(MemoryObject object, double score) {}

  /**
   * What a search has found.
   *
   * @param found the best first
   * @param byWordsOnly whether embeddings were wanted and could not be used now
   */
  record Results(List<Found> found, boolean byWordsOnly) {
    public Results {
      found = List.copyOf(found);
    }
  }

  /**
   * The objects of a tenant that fit best, the best first; none that has expired or is deleted.
   *
   * @param current whether everything that was stored before must be found; without it, changes of
   *     the last seconds may be missing
   * @throws CapacityProblem if the search cannot be made now
   */
  Results search(String tenant, MemorySearch search, boolean current);
}

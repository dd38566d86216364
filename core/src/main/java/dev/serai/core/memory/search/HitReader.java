package dev.serai.core.memory.search;

import dev.serai.core.problem.CapacityProblem;
import java.util.List;

/** Reads from a store what an index has found. May block. Thread-safe. */
@FunctionalInterface
public interface HitReader {
  /**
   * The objects that hits name, in their order. Leaves out what has expired, is gone or was
   * replaced, and what would be too much for one reply.
   *
   * @param limit at most this many
   * @throws CapacityProblem if the store cannot be read now
   */
  List<MemorySearcher.Found> read(String tenant, List<MemoryHit> hits, int limit);
}

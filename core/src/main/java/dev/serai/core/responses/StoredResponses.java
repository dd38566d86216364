package dev.serai.core.responses;

import java.util.Optional;

/**
 * One tenant's answers. Keeping never blocks; all else may, so it is not for an event loop. Safe
 * for use by many threads.
 *
 * <p>Where a store cannot be asked now, a {@link dev.serai.core.problem.CapacityProblem} says so.
 */
public interface StoredResponses {
  /** Keeps it: from now on it is found. */
  void store(StoredResponse response);

  /** By its own id. */
  Optional<StoredResponse> find(String id);

  /** By the id of an item in it. */
  Optional<StoredResponse> findByItem(String itemId);

  /**
   * Keeps it no longer.
   *
   * @return false if it was not there
   */
  boolean delete(String id);
}

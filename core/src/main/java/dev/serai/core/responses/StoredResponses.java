package dev.serai.core.responses;

import java.util.Optional;

/**
 * One tenant's stored responses. Storing never blocks; everything else may, so it is not for an
 * event loop. Safe for use by many threads.
 *
 * <p>While the store is unavailable, methods throw {@link dev.serai.core.problem.CapacityProblem}.
 */
public interface StoredResponses {
  /** Stores a response: from now on it is found. */
  void store(StoredResponse response);

  /** By its own id. */
  Optional<StoredResponse> find(String id);

  /** By the id of an item in it. */
  Optional<StoredResponse> findByItem(String itemId);

  /**
   * Deletes a response.
   *
   * @return false if it was not there
   */
  boolean delete(String id);
}

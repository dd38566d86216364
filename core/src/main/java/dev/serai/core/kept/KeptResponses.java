package dev.serai.core.kept;

import java.util.Optional;

/** One tenant's answers. Never blocks. Safe for use by many threads. */
public interface KeptResponses {
  void keep(KeptResponse response);

  /** By its own id. */
  Optional<KeptResponse> find(String id);

  /** By the id of an item in it. */
  Optional<KeptResponse> findByItem(String itemId);

  /**
   * Keeps it no longer.
   *
   * @return false if it was not there
   */
  boolean forget(String id);
}

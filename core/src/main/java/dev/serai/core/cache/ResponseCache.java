package dev.serai.core.cache;

import java.util.Optional;

/** Holds responses for a while, within a bound of bytes. Never blocks. Thread-safe. */
public interface ResponseCache {
  /** The response that is held for a key, which is used now. */
  Optional<CachedResponse> find(ResponseKey key);

  /** Holds a response in the place of a former one; nothing if it is larger than the bound. */
  void put(ResponseKey key, CachedResponse response);
}

package dev.serai.core.cache.meaning;

import dev.serai.core.cache.ResponseKey;
import java.util.Optional;

/** Questions whose responses are cached. Never blocks. Thread-safe. */
public interface SimilarPrompts {
  /** The nearest question of the same scope that asks for the same. */
  Optional<Similar> find(MeaningKey key);

  /**
   * Remembers a question. If one that is held asks for something else with the same names and
   * numbers, another one must be nearer to either of them than they are to each other.
   *
   * @param response the key of its response in the cache
   */
  void put(MeaningKey key, ResponseKey response);

  /**
   * A question that asks for the same.
   *
   * @param response the key of its response
   * @param similarity the cosine of both embeddings
   */
  record Similar(ResponseKey response, double similarity) {}
}

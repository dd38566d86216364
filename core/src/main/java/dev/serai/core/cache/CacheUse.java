package dev.serai.core.cache;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the cache of responses did for a call. Immutable.
 *
 * @param result whether a stored response serves it
 * @param stores where its response is to be stored
 * @param similarity of the question that the response was to, if it is another one: 0 to 1
 */
public record CacheUse(Result result, Optional<ResponseKey> stores, OptionalDouble similarity) {
  /** The cache is not used. */
  public static final CacheUse NONE = new CacheUse(Result.UNUSED, Optional.empty());

  /** Of the same question. */
  public CacheUse(Result result, Optional<ResponseKey> stores) {
    this(result, stores, OptionalDouble.empty());
  }

  /** A hit by the response to a question that means the same. */
  public static CacheUse similar(double similarity) {
    return new CacheUse(Result.SEMANTIC_HIT, Optional.empty(), OptionalDouble.of(similarity));
  }

  /** Whether a stored response serves the call. */
  public boolean isHit() {
    return result == Result.HIT || result == Result.SEMANTIC_HIT;
  }

  /** Whether a stored response serves a call. */
  public enum Result {
    /** It was not looked for. */
    UNUSED,
    HIT,
    /** By the response to a question that means the same. */
    SEMANTIC_HIT,
    MISS;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Its name in header fields. */
    public String label() {
      return label;
    }
  }
}

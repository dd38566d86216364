package dev.serai.core.cache;

import java.util.Locale;
import java.util.Optional;

/**
 * What the cache of responses did for a call. Immutable.
 *
 * @param result whether a stored response serves it
 * @param stores where its response is to be stored
 */
public record CacheUse(Result result, Optional<ResponseKey> stores) {
  /** The cache is not used. */
  public static final CacheUse NONE = new CacheUse(Result.UNUSED, Optional.empty());

  /** Whether a stored response serves a call. */
  public enum Result {
    /** It was not looked for. */
    UNUSED,
    HIT,
    MISS;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Its name in header fields. */
    public String label() {
      return label;
    }
  }
}

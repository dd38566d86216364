package dev.serai.core.memory.search;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What to search for. Immutable.
 *
 * @param text the words; those that are in more of an object's text, and in fewer objects, count
 *     more
 * @param limit at most this many objects
 * @param mode by what objects are found
 */
public record MemorySearch(String text, int limit, Filter filter, Mode mode) {
  /** The most objects of one search. */
  public static final int MAX_LIMIT = 100;

  /** By what objects are found. */
  public enum Mode {
    /** The words that they have. */
    KEYWORD,
    /** How near their embeddings are to that of the text. */
    SEMANTIC,
    /** Both; only words where there are no embeddings. */
    HYBRID
  }

  /** A search by words, and by meaning where there are embeddings. */
  public MemorySearch(String text, int limit, Filter filter) {
    this(text, limit, filter, Mode.HYBRID);
  }

  /** The same search for more objects, or fewer. */
  public MemorySearch withLimit(int other) {
    return new MemorySearch(text, other, filter, mode);
  }

  /**
   * Which objects are searched.
   *
   * @param namespace objects in it, and in namespaces that begin with its segments
   * @param keyPrefix what the key begins with; may be empty
   * @param tags the object has all of them
   * @param from not stored before this time
   * @param until stored before this time
   */
  public record Filter(
      Optional<String> namespace,
      String keyPrefix,
      List<String> tags,
      Optional<Instant> from,
      Optional<Instant> until) {
    /** All objects. */
    public static final Filter ALL =
        new Filter(Optional.empty(), "", List.of(), Optional.empty(), Optional.empty());

    public Filter {
      tags = List.copyOf(tags);
    }
  }
}

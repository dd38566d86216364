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
 */
public record MemorySearch(String text, int limit, Filter filter) {
  /** The most objects of one search. */
  public static final int MAX_LIMIT = 100;

  /** The same search for more objects, or fewer. */
  public MemorySearch withLimit(int other) {
    return new MemorySearch(text, other, filter);
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

package dev.serai.core.memory.search;

import dev.serai.core.memory.MemoryObject;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An index of memory objects on the disk of one gateway. One thread applies changes, and one adds
 * embeddings; searches are safe for use by many threads meanwhile.
 */
public interface MemoryIndex extends AutoCloseable {
  /**
   * What the index has.
   *
   * @param store whose objects
   * @param version all changes up to this one
   */
  record Position(String store, long version) {}

  /** An object of a tenant that has no embedding yet. */
  record Pending(String tenant, MemoryHit hit) {}

  /**
   * An object with its embedding.
   *
   * @param embedding of length 1; empty if the object has no text
   */
  record Embedded(Pending pending, MemoryObject object, Optional<float[]> embedding) {}

  /**
   * The position of what is on the disk; empty if nothing is.
   *
   * @throws IOException if the index cannot be read
   */
  Optional<Position> position() throws IOException;

  /**
   * Looks whether the index was found damaged meanwhile: then it is to be closed, and is empty when
   * it is opened again.
   *
   * @throws IOException if it is damaged
   */
  void requireIntact() throws IOException;

  /**
   * Removes everything.
   *
   * @throws IOException if the index cannot be written
   */
  void clear() throws IOException;

  /**
   * Applies changes, which searches see then. They are not on the disk before {@link #commit}.
   *
   * @throws IOException if the index cannot be written
   */
  void apply(List<MemoryFeed.Change> changes) throws IOException;

  /**
   * Writes what was applied to the disk, with its position.
   *
   * @throws IOException if the index cannot be written
   */
  void commit(Position position) throws IOException;

  /**
   * The objects of a tenant that fit best and have not expired, the best first.
   *
   * @throws IOException if the index cannot be read
   */
  List<MemoryHit> search(String tenant, MemorySearch search, Instant now) throws IOException;

  /**
   * The objects of a tenant whose embeddings are nearest to one, and that have not expired, the
   * nearest first. Those that have no embedding yet are left out.
   *
   * @throws IOException if the index cannot be read
   */
  List<MemoryHit> nearest(String tenant, float[] embedding, MemorySearch search, Instant now)
      throws IOException;

  /**
   * The objects of a tenant at some paths that fit the filter and have not expired, with the score
   * 0, in any order.
   *
   * @throws IOException if the index cannot be read
   */
  List<MemoryHit> at(String tenant, Set<String> paths, MemorySearch.Filter filter, Instant now)
      throws IOException;

  /**
   * Some objects that have no embedding yet and have not expired.
   *
   * @param wanted which of them; is asked for all if there are fewer than the limit
   * @param limit at most this many
   * @throws IOException if the index cannot be read
   */
  List<Pending> pending(Predicate<Pending> wanted, int limit, Instant now) throws IOException;

  /**
   * Adds embeddings of objects, which searches see then; not of those that have changed since. Safe
   * for use while another thread applies changes.
   *
   * @throws IOException if the index cannot be written
   */
  void embed(List<Embedded> objects) throws IOException;

  /** How many objects searches see, of all tenants; 0 when it is closed. */
  int objects();

  @Override
  void close() throws IOException;
}

package dev.serai.core.memory.search;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An index of memory objects on the disk of one gateway. One thread changes it; {@link #search} is
 * safe for use by many threads meanwhile.
 */
public interface MemoryIndex extends AutoCloseable {
  /**
   * What the index has.
   *
   * @param store whose objects
   * @param version all changes up to this one
   */
  record Position(String store, long version) {}

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

  /** How many objects searches see, of all tenants; 0 when it is closed. */
  int objects();

  @Override
  void close() throws IOException;
}

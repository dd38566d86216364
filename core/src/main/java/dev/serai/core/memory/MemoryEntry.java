package dev.serai.core.memory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known about a memory object, without its value. Immutable.
 *
 * @param version grows with every change of any object of the store; never used twice
 * @param bytes as it counts for the quota
 * @param expires when it is gone; empty: never
 * @param evictable whether it may be removed to make room for others
 */
public record MemoryEntry(
    MemoryPath path,
    long version,
    int bytes,
    Instant created,
    Instant updated,
    Optional<Instant> expires,
    boolean evictable,
    List<String> tags) {
  public MemoryEntry {
    tags = List.copyOf(tags);
  }

  /** Whether it is gone at this time. */
  public boolean isExpired(Instant now) {
    return expires.isPresent() && !expires.get().isAfter(now);
  }
}

package dev.serai.core.memory;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A change of one memory object. Immutable. */
public sealed interface MemoryChange {
  MemoryPath path();

  Precondition precondition();

  /**
   * Stores a value, instead of the one that is there.
   *
   * @param json the value; the array is never changed
   * @param life after which it is gone; empty: it stays
   * @param evictable whether it may be removed to make room for others
   */
  record Put(
      MemoryPath path,
      byte[] json,
      Optional<Duration> life,
      boolean evictable,
      List<String> tags,
      Precondition precondition)
      implements MemoryChange {
    /** The largest value, in bytes. */
    public static final int MAX_BYTES = 1024 * 1024;

    /** What an object takes in a store and in its indexes beside what its caller gives, about. */
    public static final int COST_BYTES = 512;

    public Put {
      tags = List.copyOf(tags);
    }

    /** As it counts for the quota: the value, its path and tags in UTF-8, and a fixed cost. */
    public int bytes() {
      int bytes = COST_BYTES + json.length + utf8(path.text());
      for (String tag : tags) {
        bytes += utf8(tag);
      }
      return bytes;
    }

    private static int utf8(String text) {
      return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Without the value, which may be private. */
    @Override
    public String toString() {
      return "put of " + path + " (" + json.length + " bytes)";
    }
  }

  /** Deletes the object. */
  record Delete(MemoryPath path, Precondition precondition) implements MemoryChange {}
}

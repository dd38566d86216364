package dev.serai.core.memory;

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
   * @param cache whether it may be removed earlier, to make room for others
   */
  record Put(
      MemoryPath path,
      byte[] json,
      Optional<Duration> life,
      boolean cache,
      List<String> tags,
      Precondition precondition)
      implements MemoryChange {
    /** The largest value, in bytes. */
    public static final int MAX_BYTES = 1024 * 1024;

    public Put {
      tags = List.copyOf(tags);
    }

    /** As it counts for the quota: the value and its path. */
    public int bytes() {
      return json.length + path.text().length();
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

package dev.serai.core.memory;

/**
 * A stored value.
 *
 * @param json the value, as its caller wrote it; the array is never changed
 */
public record MemoryObject(MemoryEntry entry, byte[] json) {
  /** The values of one reply have about this many bytes at most. */
  public static final long MAX_READ_BYTES = 8L * 1024 * 1024;

  /** Without the value, which may be private. */
  @Override
  public String toString() {
    return "memory object " + entry.path() + " (" + json.length + " bytes)";
  }
}

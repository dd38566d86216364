package dev.serai.core.memory;

/**
 * A stored value.
 *
 * @param json the value, as its caller wrote it; the array is never changed
 */
public record MemoryObject(MemoryEntry entry, byte[] json) {
  /** Without the value, which may be private. */
  @Override
  public String toString() {
    return "memory object " + entry.path() + " (" + json.length + " bytes)";
  }
}

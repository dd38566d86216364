package dev.serai.adapters.dialects.json;

/** Hashes with FNV-1a, 64 bits (draft-eastlake-fnv): fast, and not for secrets. Stateless. */
public final class Fnv {
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private Fnv() {}

  /** The hash of some bytes. */
  static long hash(byte[] bytes, int from, int to) {
    long hash = OFFSET;
    for (int i = from; i < to; i++) {
      hash = (hash ^ bytes[i] & 0xFF) * PRIME;
    }
    return hash;
  }

  /** The hash of a text's characters, 16 bits each. */
  public static long hash(String text) {
    long hash = OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    return hash;
  }
}

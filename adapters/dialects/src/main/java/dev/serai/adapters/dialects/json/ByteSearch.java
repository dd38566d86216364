package dev.serai.adapters.dialects.json;

import java.util.Arrays;

/** Searches bytes for a byte sequence, with Horspool's algorithm (1980). Immutable. */
public final class ByteSearch {
  private final byte[] sought;
  private final int[] jumps = new int[256];

  /** Prepares the search for these bytes, which must not be changed. */
  public ByteSearch(byte[] sought) {
    this.sought = sought;
    Arrays.fill(jumps, sought.length);
    for (int i = 0; i < sought.length - 1; i++) {
      jumps[sought[i] & 0xFF] = sought.length - 1 - i;
    }
  }

  /** The bytes that are searched for. Not to be changed. */
  public byte[] sought() {
    return sought;
  }

  /** The offset of the first occurrence at or after {@code from}, -1 if there is none. */
  public int in(byte[] bytes, int from) {
    return in(bytes, from, bytes.length);
  }

  /** The offset of the first occurrence between two offsets, -1 if there is none. */
  public int in(byte[] bytes, int from, int to) {
    int last = sought.length - 1;
    int at = from;
    while (at + last < to) {
      if (Arrays.equals(bytes, at, at + sought.length, sought, 0, sought.length)) {
        return at;
      }
      at += jumps[bytes[at + last] & 0xFF];
    }
    return -1;
  }
}

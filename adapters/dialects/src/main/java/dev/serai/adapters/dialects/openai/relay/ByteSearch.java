package dev.serai.adapters.dialects.openai.relay;

import java.util.Arrays;

/**
 * Finds some bytes among many, looking at few of them: a byte that does not occur in what is sought
 * lets the search jump over as many bytes as are sought (Horspool, 1980). Immutable.
 */
final class ByteSearch {
  private final byte[] sought;
  private final int[] jumps = new int[256];

  ByteSearch(byte[] sought) {
    this.sought = sought;
    Arrays.fill(jumps, sought.length);
    for (int i = 0; i < sought.length - 1; i++) {
      jumps[sought[i] & 0xFF] = sought.length - 1 - i;
    }
  }

  byte[] sought() {
    return sought;
  }

  /** The offset of its first occurrence, -1 if there is none. */
  int in(byte[] bytes, int from) {
    int last = sought.length - 1;
    int at = from;
    while (at + last < bytes.length) {
      if (Arrays.equals(bytes, at, at + sought.length, sought, 0, sought.length)) {
        return at;
      }
      at += jumps[bytes[at + last] & 0xFF];
    }
    return -1;
  }
}

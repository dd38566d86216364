package dev.serai.adapters.dialects.json;

/**
 * Makes ids for what a provider sends without one. They must be unique in a conversation, so they
 * are a hash of bytes that differ in each turn: the same bytes always give the same ids.
 */
public final class GeneratedIds {
  private static final long FNV_START = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private GeneratedIds() {}

  /** Up to 13 letters and digits: a hash of those bytes (FNV-1a). */
  public static String seed(byte[] text, int from, int to) {
    long hash = FNV_START;
    for (int i = from; i < to; i++) {
      hash = (hash ^ text[i] & 0xFF) * FNV_PRIME;
    }
    return Long.toUnsignedString(hash, 36);
  }
}

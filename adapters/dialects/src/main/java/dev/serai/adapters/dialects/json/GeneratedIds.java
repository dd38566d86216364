package dev.serai.adapters.dialects.json;

/**
 * Makes ids for what a provider sends without one. They must be unique in a conversation, so they
 * are a hash of bytes that differ in each turn: the same bytes always give the same ids. Stateless.
 */
public final class GeneratedIds {
  private GeneratedIds() {}

  /** Up to 13 letters and digits: a hash of those bytes. */
  public static String seed(byte[] text, int from, int to) {
    return Long.toUnsignedString(Fnv.hash(text, from, to), 36);
  }
}

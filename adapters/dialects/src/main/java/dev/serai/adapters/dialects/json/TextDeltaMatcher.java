package dev.serai.adapters.dialects.json;

import java.util.Arrays;

/**
 * Recognises an event of a stream that differs from one walked before in nothing but the text of
 * its delta, as most events of a stream do. Such a chunk need not be walked: up to the text's
 * opening quote the bytes are the same, so a parser is in the same state there; the text is checked
 * as any string; and from its closing quote on the bytes are the same again, so they are taken as
 * they were then.
 *
 * <p>Providers whose chunks always differ elsewhere too are given up on after some misses. For one
 * stream; not thread-safe.
 */
public final class TextDeltaMatcher {
  private static final int MOST_MISSES = 16;
  private static final int LARGEST = 2048;

  private byte[] known = new byte[0];
  private int textStart;
  private int textEnd;
  private int misses;

  /** Whether it is worth to remember a chunk of that many bytes. */
  public boolean wants(int bytes) {
    return misses < MOST_MISSES && bytes <= LARGEST;
  }

  /**
   * Remembers a chunk that is good and says nothing but the text between these offsets.
   *
   * @param chunk kept: a copy
   */
  public void remember(byte[] chunk, int start, int end) {
    misses++;
    known = chunk;
    textStart = start;
    textEnd = end;
  }

  /**
   * Whether this is such a chunk.
   *
   * @throws MalformedInput if it begins like one and its text is no string
   */
  public boolean recognises(byte[] data, int from, int to) {
    int rest = known.length - textEnd;
    int start = from + textStart;
    if (known.length == 0
        || to - from < textStart + rest
        || !Arrays.equals(data, from, start, known, 0, textStart)) {
      return false;
    }
    int end = JsonCursor.stringEnd(data, start, to) - 1;
    if (!Arrays.equals(data, end, to, known, textEnd, known.length)) {
      return false;
    }
    misses = 0;
    return true;
  }

  /** Whether the text of the chunk just recognised is empty. */
  public boolean isEmpty(int from, int to) {
    return to - from == known.length - textEnd + textStart;
  }
}

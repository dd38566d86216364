package dev.serai.adapters.dialects.json;

import java.util.Arrays;

/**
 * Recognises an event of a stream that differs from an earlier one only in the text of its delta,
 * as most events do.
 *
 * <p>Model: an earlier event is remembered as the bytes before and after its text. A new event need
 * not be parsed if it has the same bytes up to the opening quote, so that a parser would be in the
 * same state there, then a valid string, and the same bytes from the closing quote on.
 *
 * <p>Matching stops after some misses, for providers whose events always differ elsewhere too. For
 * one stream; not thread-safe.
 */
public final class TextDeltaMatcher {
  private static final int MAX_MISSES = 16;
  private static final int MAX_BYTES = 2048;

  private byte[] known = new byte[0];
  private int textStart;
  private int textEnd;
  private int misses;

  /** Whether an event of that size should be remembered. */
  public boolean wants(int bytes) {
    return misses < MAX_MISSES && bytes <= MAX_BYTES;
  }

  /**
   * Remembers a valid event that carries only the text between these offsets.
   *
   * @param chunk owned by the matcher from now on
   */
  public void remember(byte[] chunk, int start, int end) {
    misses++;
    known = chunk;
    textStart = start;
    textEnd = end;
  }

  /**
   * Whether the bytes are such an event.
   *
   * @throws MalformedInput if it begins like one and its text is not a valid string
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

  /** Whether the text of the event just recognised is empty. */
  public boolean isEmpty(int from, int to) {
    return to - from == known.length - textEnd + textStart;
  }
}

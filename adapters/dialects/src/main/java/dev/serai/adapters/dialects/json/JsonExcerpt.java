package dev.serai.adapters.dialects.json;

import dev.serai.core.features.Excerpt;
import dev.serai.core.features.OutlineBuilder;
import java.nio.charset.StandardCharsets;

/**
 * A string of a JSON text that has been checked, of which only the ends are decoded. It refers to
 * the bytes of the text. Immutable, as long as these bytes are.
 */
public final class JsonExcerpt implements Excerpt {
  /** The most bytes that one character takes, as an escape. */
  private static final int ESCAPED = 6;

  private final byte[] bytes;
  private final int from;
  private final int to;

  /**
   * @param from behind the opening quote
   * @param to at the closing quote
   */
  public JsonExcerpt(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /** Takes the string that the cursor is at. */
  public static JsonExcerpt take(JsonCursor cursor, byte[] bytes) {
    int from = cursor.offset() + 1;
    cursor.string();
    return new JsonExcerpt(bytes, from, cursor.offset() - 1);
  }

  /** Takes the value that the cursor is at: its size counts, of a text or of JSON as written. */
  public static void weigh(JsonCursor cursor, byte[] bytes, OutlineBuilder outline) {
    if (cursor.peek() == '"') {
      outline.weigh(take(cursor, bytes));
    } else {
      int from = cursor.offset();
      cursor.skip();
      outline.weigh(cursor.offset() - from);
    }
  }

  @Override
  public boolean isEmpty() {
    return from >= to;
  }

  @Override
  public String head(int max) {
    return decoded(from, max);
  }

  /**
   * Decoding starts at any byte that is far enough before the end, also inside a character or an
   * escape: what is wrong then is at the beginning, which is cut off.
   */
  @Override
  public String tail(int max) {
    long start = (long) to - (long) ESCAPED * (max + 8);
    String text = decoded((int) Math.max(from, start), Integer.MAX_VALUE);
    return text.substring(Math.max(0, text.length() - max));
  }

  private String decoded(int start, int max) {
    StringBuilder text = new StringBuilder();
    int at = start;
    while (at < to && text.length() < max) {
      if (bytes[at] != '\\') {
        int end = plainEnd(at, max - text.length());
        text.append(new String(bytes, at, end - at, StandardCharsets.UTF_8));
        at = end;
      } else if (at + escapeLength(at) <= to) {
        text.append(JsonStrings.unescaped(bytes, at));
        at += escapeLength(at);
      } else {
        break; // an escape that is cut
      }
    }
    text.setLength(Math.min(max, text.length()));
    return text.toString();
  }

  private int escapeLength(int at) {
    return at + 1 < to && bytes[at + 1] == 'u' ? ESCAPED : 2;
  }

  /** The end of a run of about that many bytes without an escape, between two characters. */
  private int plainEnd(int start, int most) {
    int limit = (int) Math.min(to, (long) start + most);
    int at = start;
    while (at < limit && bytes[at] != '\\') {
      at++;
    }
    while (at < to && (bytes[at] & 0xC0) == 0x80) {
      at++;
    }
    return at;
  }

  @Override
  public long milliTokens() {
    int end = Math.min(to, from + MAX_COUNTED);
    int[] lengths = new int[5];
    int at = from;
    while (at < end) {
      if (bytes[at] == '\\') {
        lengths[length(JsonStrings.unescaped(bytes, at))]++;
        at += escapeLength(at);
      } else {
        int length = length(bytes[at]);
        lengths[length]++;
        at += length;
      }
    }
    long milli = Excerpt.milliTokens(lengths[1], lengths[2], lengths[3], lengths[4]);
    return at >= to ? milli : milli * (to - from) / (at - from);
  }

  /** The bytes of a character in UTF-8 by its first one. */
  private static int length(byte first) {
    return first >= 0 ? 1 : first < (byte) 0xE0 ? 2 : first < (byte) 0xF0 ? 3 : 4;
  }

  /** The bytes that an escaped unit has in UTF-8; 0 for the second unit of a pair. */
  private static int length(char unit) {
    if (unit < 0x800) {
      return unit < 0x80 ? 1 : 2;
    }
    return Character.isHighSurrogate(unit) ? 4 : Character.isLowSurrogate(unit) ? 0 : 3;
  }
}

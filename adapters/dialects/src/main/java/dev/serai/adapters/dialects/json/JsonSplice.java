package dev.serai.adapters.dialects.json;

import java.util.Arrays;

/**
 * Replaces spans of a byte array and copies the rest unchanged. Edits are made in the order of
 * their offsets and do not overlap; {@link #apply} copies the bytes once. Not thread-safe.
 */
public final class JsonSplice {
  private final byte[] bytes;
  private int[] spans = new int[8];
  private byte[][] texts = new byte[4][];
  private int edits;
  private int growth;

  public JsonSplice(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Replaces the bytes from {@code from} to {@code to} with {@code text}.
   *
   * @throws IllegalArgumentException if the span begins before the end of the last one, or ends
   *     before it begins
   */
  public JsonSplice replace(int from, int to, byte[] text) {
    if (to < from || edits > 0 && from < spans[2 * edits - 1]) {
      throw new IllegalArgumentException("edits must be in order and not overlap");
    }
    if (edits == texts.length) {
      texts = Arrays.copyOf(texts, 2 * edits);
      spans = Arrays.copyOf(spans, 4 * edits);
    }
    spans[2 * edits] = from;
    spans[2 * edits + 1] = to;
    texts[edits++] = text;
    growth += text.length - (to - from);
    return this;
  }

  /** Inserts {@code text} before the byte at {@code offset}. */
  public JsonSplice insert(int offset, byte[] text) {
    return replace(offset, offset, text);
  }

  /** Removes a member of an object of these bytes, with the comma that separates it. */
  public JsonSplice remove(JsonMembers object, int place) {
    byte[] nothing = new byte[0];
    if (place + 1 < object.size()) {
      return replace(object.memberStart(place), object.memberStart(place + 1), nothing);
    }
    int from = place == 0 ? object.memberStart(place) : object.valueEnd(place - 1);
    return replace(from, object.valueEnd(place), nothing);
  }

  /** The edited bytes; the same array if there are no edits. */
  public byte[] apply() {
    if (edits == 0) {
      return bytes;
    }
    byte[] out = new byte[bytes.length + growth];
    int read = 0;
    int written = 0;
    for (int i = 0; i < edits; i++) {
      int kept = spans[2 * i] - read;
      System.arraycopy(bytes, read, out, written, kept);
      byte[] text = texts[i];
      System.arraycopy(text, 0, out, written + kept, text.length);
      written += kept + text.length;
      read = spans[2 * i + 1];
    }
    System.arraycopy(bytes, read, out, written, bytes.length - read);
    return out;
  }
}

package dev.serai.memory.ledger;

import dev.serai.memory.database.StoredText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A byte buffer of numbers and texts: a number has seven bits in each byte, the lowest first; a
 * text has its length before it. Not thread-safe.
 */
final class EntryBuffer {
  private byte[] bytes;
  private int at;

  EntryBuffer() {
    bytes = new byte[384];
  }

  private EntryBuffer(byte[] written) {
    bytes = written;
  }

  /** Makes the buffer empty, to use it again. */
  void clear() {
    at = 0;
  }

  /** Drops what was written after this length. */
  void rewind(int length) {
    at = length;
  }

  /** A buffer to read from. */
  static EntryBuffer of(byte[] written) {
    return new EntryBuffer(written);
  }

  /** Writes a number; a negative one is written as 0. */
  void number(long value) {
    room(10);
    long rest = Math.max(0, value);
    while (rest > 0x7f) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
  }

  /** Writes a text, cut to at most so many characters, with characters that can be stored. */
  @SuppressWarnings("deprecation") // getBytes without decoding: the text is ASCII
  void text(String text, int max) {
    String cut = text.length() > max ? text.substring(0, max) : text;
    int length = cut.length();
    if (isPlainAscii(cut)) {
      number(length);
      room(length);
      cut.getBytes(0, length, bytes, at);
      at += length;
    } else {
      byte[] utf8 = StoredText.clean(cut).getBytes(StandardCharsets.UTF_8);
      number(utf8.length);
      room(utf8.length);
      System.arraycopy(utf8, 0, bytes, at, utf8.length);
      at += utf8.length;
    }
  }

  private static boolean isPlainAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7f || text.charAt(i) == 0) {
        return false;
      }
    }
    return true;
  }

  private void room(int more) {
    if (bytes.length - at < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, at + more));
    }
  }

  /** The bytes, which are shared and not copied; {@link #length} of them are written. */
  byte[] array() {
    return bytes;
  }

  int length() {
    return at;
  }

  long number() {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }

  int small() {
    return Math.toIntExact(number());
  }

  String text() {
    int length = small();
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }
}

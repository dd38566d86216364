package dev.serai.memory.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Numbers and texts, packed into bytes: numbers seven bits a byte, the lowest first; texts with
 * their length before them. Not thread-safe.
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

  /** For reading. */
  static EntryBuffer of(byte[] written) {
    return new EntryBuffer(written);
  }

  /** A number that is not negative; what is counts as 0. */
  void number(long value) {
    room(10);
    long rest = Math.max(0, value);
    while (rest > 0x7f) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
  }

  /** A text of at most so many characters; what is longer loses its end. */
  @SuppressWarnings("deprecation") // getBytes without decoding: checked to be ASCII just before
  void text(String text, int most) {
    String kept = text.length() > most ? text.substring(0, most) : text;
    int length = kept.length();
    if (isAscii(kept)) {
      number(length);
      room(length);
      kept.getBytes(0, length, bytes, at);
      at += length;
    } else {
      byte[] utf8 = kept.getBytes(StandardCharsets.UTF_8);
      number(utf8.length);
      room(utf8.length);
      System.arraycopy(utf8, 0, bytes, at, utf8.length);
      at += utf8.length;
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7f) {
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

  /** What has been written; shared, not copied. */
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

package dev.serai.gateway.telemetry.log;

import java.util.Arrays;

/**
 * Encodes one log line into a buffer that grows and is reused; a value allocates nothing. Text is
 * UTF-8, with everything escaped that could end a line or a JSON string or control a terminal. Not
 * thread-safe.
 */
final class LineBuffer {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  /** Bytes that one char takes at most: an escape of six characters. */
  private static final int MAX_BYTES_PER_CHAR = 6;

  private byte[] bytes = new byte[1024];
  private int length;

  void clear() {
    length = 0;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  void raw(byte[] ascii) {
    reserve(ascii.length);
    System.arraycopy(ascii, 0, bytes, length, ascii.length);
    length += ascii.length;
  }

  void raw(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
  }

  /** Adds a number that is not negative. */
  void decimal(long value) {
    reserve(20);
    int digits = digitsOf(value);
    long rest = value;
    for (int at = length + digits - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  /** Adds a number that is not negative, with leading zeros up to {@code width} digits. */
  void padded(long value, int width) {
    for (int zeros = width - digitsOf(value); zeros > 0; zeros--) {
      raw('0');
    }
    decimal(value);
  }

  /** Adds nanoseconds as milliseconds with three decimals, rounded down. */
  void millis(long nanos) {
    long micros = Math.max(0, nanos) / 1_000;
    decimal(micros / 1_000);
    raw('.');
    padded(micros % 1_000, 3);
  }

  /** Adds billionths as an exact decimal without trailing zeros. */
  void billionths(long nano) {
    decimal(nano / 1_000_000_000);
    long fraction = nano % 1_000_000_000;
    if (fraction == 0) {
      return;
    }
    raw('.');
    int width = 9;
    while (fraction % 10 == 0) {
      fraction /= 10;
      width--;
    }
    padded(fraction, width);
  }

  /** Adds the first {@code limit} chars of a text, escaped as in a JSON string, without quotes. */
  void escaped(String text, int limit) {
    int end = Math.min(limit, text.length());
    reserve(end * MAX_BYTES_PER_CHAR);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
        bytes[length++] = (byte) c;
      } else if (c < 0x80) {
        control(c);
      } else if (Character.isHighSurrogate(c) && i + 1 < end && isLow(text, i + 1)) {
        wide(Character.toCodePoint(c, text.charAt(++i)));
      } else {
        beyondAscii(c);
      }
    }
  }

  private static boolean isLow(String text, int at) {
    return Character.isLowSurrogate(text.charAt(at));
  }

  private void control(char c) {
    switch (c) {
      case '"', '\\' -> escape(c);
      case '\n' -> escape('n');
      case '\r' -> escape('r');
      case '\t' -> escape('t');
      default -> unicode(c);
    }
  }

  private void escape(char c) {
    bytes[length++] = '\\';
    bytes[length++] = (byte) c;
  }

  private void unicode(char c) {
    escape('u');
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[length++] = HEX[(c >> shift) & 0xf];
    }
  }

  private void beyondAscii(char c) {
    if (misleads(c)) {
      unicode(c);
    } else if (c < 0x800) {
      bytes[length++] = (byte) (0xc0 | (c >> 6));
      bytes[length++] = (byte) (0x80 | (c & 0x3f));
    } else {
      bytes[length++] = (byte) (0xe0 | (c >> 12));
      bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3f));
      bytes[length++] = (byte) (0x80 | (c & 0x3f));
    }
  }

  private void wide(int codePoint) {
    bytes[length++] = (byte) (0xf0 | (codePoint >> 18));
    bytes[length++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
    bytes[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
    bytes[length++] = (byte) (0x80 | (codePoint & 0x3f));
  }

  /** C1 controls, unpaired surrogates, line separators and marks that turn the text direction. */
  private static boolean misleads(char c) {
    return c < 0xa0
        || Character.isSurrogate(c)
        || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069);
  }

  private static int digitsOf(long value) {
    int digits = 1;
    for (long rest = value / 10; rest != 0; rest /= 10) {
      digits++;
    }
    return digits;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}

package dev.serai.adapters.dialects.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Scans and decodes JSON strings (RFC 8259, section 7), and UTF-8 as RFC 3629 defines it: no
 * overlong forms, no surrogates, nothing above U+10FFFF.
 *
 * <p>Model: plain ASCII is skipped eight bytes at a time. A word is plain if no byte of it is a
 * quote, a backslash, a control character or above 0x7F. Subtracting per byte sets the high bit of
 * such a byte; a borrow may set it for a later byte too, so only the lowest mark is used.
 */
final class JsonStrings {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int SHORT = 64;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long SPACES = ONES * ' ';

  private JsonStrings() {}

  /**
   * Finds the end of a string and checks it.
   *
   * @param from the byte after the opening quote
   * @return the byte after the closing quote
   */
  static int end(byte[] bytes, int from, int limit) {
    int at = from;
    while (true) {
      at = plain(bytes, at, limit);
      if (at >= limit) {
        throw new MalformedInput(limit, "the end of a string");
      }
      byte here = bytes[at];
      if (here == '"') {
        return at + 1;
      }
      if (here == '\\') {
        at = escape(bytes, at, limit);
      } else if (here < 0) {
        at = wide(bytes, at, limit);
      } else if (here < ' ') {
        throw new MalformedInput(at, "no control character in a string");
      } else {
        at++;
      }
    }
  }

  /**
   * The first byte that is special, or one of the last seven. Most strings are short and end in the
   * first few words; longer ones are passed four words at a time.
   */
  private static int plain(byte[] bytes, int from, int limit) {
    int soon = Math.min(limit, from + SHORT);
    int at = words(bytes, from, soon);
    return at < soon || soon == limit ? at : words(bytes, blocks(bytes, at, limit), limit);
  }

  private static int words(byte[] bytes, int from, int limit) {
    int at = from;
    for (int last = limit - 8; at <= last; at += 8) {
      long marks = marks((long) WORDS.get(bytes, at)) & HIGH_BITS;
      if (marks != 0) {
        return at + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
    }
    return at;
  }

  private static int blocks(byte[] bytes, int from, int limit) {
    int at = from;
    for (int last = limit - 32; at <= last; at += 32) {
      long first = marks((long) WORDS.get(bytes, at)) | marks((long) WORDS.get(bytes, at + 8));
      long second =
          marks((long) WORDS.get(bytes, at + 16)) | marks((long) WORDS.get(bytes, at + 24));
      if (((first | second) & HIGH_BITS) != 0) {
        return at;
      }
    }
    return at;
  }

  private static long marks(long word) {
    return ((word ^ QUOTES) - ONES) | ((word ^ BACKSLASHES) - ONES) | (word - SPACES) | word;
  }

  private static int escape(byte[] bytes, int at, int limit) {
    if (at + 1 < limit) {
      switch (bytes[at + 1]) {
        case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
          return at + 2;
        }
        case 'u' -> {
          for (int i = at + 2; i < at + 6; i++) {
            if (i >= limit || Character.digit(bytes[i], 16) < 0) {
              throw new MalformedInput(Math.min(i, limit), "a hexadecimal digit");
            }
          }
          return at + 6;
        }
        default -> {}
      }
    }
    throw new MalformedInput(Math.min(at + 1, limit), "an escape of JSON");
  }

  /** Skips consecutive characters above U+007F. */
  private static int wide(byte[] bytes, int from, int limit) {
    int at = from;
    while (at < limit && bytes[at] < 0) {
      boolean two = bytes[at] >= (byte) 0xC2 && bytes[at] < (byte) 0xE0;
      if (two && at + 1 < limit && bytes[at + 1] < (byte) 0xC0) {
        at += 2;
        continue;
      }
      int length = length(bytes, at, limit);
      if (length == 0) {
        throw new MalformedInput(at, "UTF-8");
      }
      at += length;
    }
    return at;
  }

  /** The length in bytes of the character at that offset; 0 if it is malformed. */
  private static int length(byte[] bytes, int at, int limit) {
    int first = bytes[at] & 0xFF;
    int second = at + 1 < limit ? bytes[at + 1] & 0xFF : 0;
    if (first < 0xC2 || first > 0xF4) {
      return 0;
    }
    if (first < 0xE0) {
      return continues(second) ? 2 : 0;
    }
    boolean third = at + 2 < limit && continues(bytes[at + 2]);
    if (first < 0xF0) {
      int least = first == 0xE0 ? 0xA0 : 0x80;
      int most = first == 0xED ? 0x9F : 0xBF;
      return second >= least && second <= most && third ? 3 : 0;
    }
    int least = first == 0xF0 ? 0x90 : 0x80;
    int most = first == 0xF4 ? 0x8F : 0xBF;
    boolean fourth = at + 3 < limit && continues(bytes[at + 3]);
    return second >= least && second <= most && third && fourth ? 4 : 0;
  }

  private static boolean continues(int b) {
    return (b & 0xC0) == 0x80;
  }

  /** Decodes the text between two quotes that {@link #end} has checked. */
  static String decode(byte[] bytes, int from, int to) {
    int escape = from;
    while (escape < to && bytes[escape] != '\\') {
      escape++;
    }
    if (escape == to) {
      return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
    StringBuilder text = new StringBuilder(to - from);
    int plainFrom = from;
    int at = escape;
    while (at < to) {
      if (bytes[at] != '\\') {
        at++;
        continue;
      }
      text.append(new String(bytes, plainFrom, at - plainFrom, StandardCharsets.UTF_8));
      text.append(unescaped(bytes, at));
      at += bytes[at + 1] == 'u' ? 6 : 2;
      plainFrom = at;
    }
    return text.append(new String(bytes, plainFrom, to - plainFrom, StandardCharsets.UTF_8))
        .toString();
  }

  /** The character of the escape at that offset. */
  static char unescaped(byte[] bytes, int at) {
    return switch (bytes[at + 1]) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++) {
          unit = unit << 4 | Character.digit(bytes[i], 16);
        }
        yield (char) unit;
      }
      default -> (char) bytes[at + 1];
    };
  }
}

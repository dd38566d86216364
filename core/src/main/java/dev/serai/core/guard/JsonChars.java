package dev.serai.core.guard;

/**
 * Reads the characters of a JSON text as its strings mean them: without escapes. The text arrives
 * character by character. One for each text; not thread-safe.
 */
final class JsonChars {
  private static final int HEX_DIGITS = 4;

  private int missing;
  private int code;
  private boolean escaped;
  private long began;

  /** Takes the characters that are read. */
  @FunctionalInterface
  interface Sink {
    /**
     * Takes a character.
     *
     * @param at where it begins in the text as it is written
     */
    void take(char c, long at);
  }

  /** A whole text without escapes. */
  static String plain(String json) {
    if (json.indexOf('\\') < 0) {
      return json;
    }
    JsonChars chars = new JsonChars();
    StringBuilder plain = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      chars.take(json.charAt(i), i, (c, _) -> plain.append(c));
    }
    return plain.toString();
  }

  void take(char c, long at, Sink sink) {
    if (missing > 0) {
      code = 16 * code + Math.max(0, Character.digit(c, 16));
      if (--missing == 0) {
        sink.take((char) code, began);
      }
    } else if (escaped) {
      escaped = false;
      if (c == 'u') {
        missing = HEX_DIGITS;
        code = 0;
      } else {
        sink.take(meant(c), began);
      }
    } else if (c == '\\') {
      escaped = true;
      began = at;
    } else {
      sink.take(c, at);
    }
  }

  /** Where an escape begins that is not complete; {@code none} without one. */
  long heldFrom(long none) {
    return escaped || missing > 0 ? began : none;
  }

  private static char meant(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'f' -> '\f';
      case 'b' -> '\b';
      default -> c;
    };
  }
}

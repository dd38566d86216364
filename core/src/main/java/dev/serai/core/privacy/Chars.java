package dev.serai.core.privacy;

/** Classes of characters, and what borders on a value. */
final class Chars {
  private static final int LATIN_END = 0x250;

  private static final int LETTER = 1;
  private static final int DIGIT = 2;

  /** The class of each ASCII character. */
  private static final byte[] ASCII = new byte[0x80];

  static {
    for (char c = 0; c < ASCII.length; c++) {
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      ASCII[c] = (byte) (letter ? LETTER : c >= '0' && c <= '9' ? DIGIT : 0);
    }
    ASCII['_'] = LETTER | DIGIT;
  }

  private Chars() {}

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  /**
   * A letter of the Latin script; others, such as ideographs, border on numbers without a space.
   */
  static boolean isLetter(char c) {
    return c < 0x80 ? ASCII[c] == LETTER : c < LATIN_END && Character.isLetter(c);
  }

  static boolean isWord(char c) {
    return c < 0x80 ? ASCII[c] != 0 : c < LATIN_END && Character.isLetter(c);
  }

  static boolean isHex(char c) {
    return Character.digit(c, 16) >= 0 && c < 0x80;
  }

  /** A letter or digit of any script. */
  static boolean isAlphanumeric(char c) {
    return c < 0x80 ? ASCII[c] != 0 && c != '_' : Character.isLetterOrDigit(c);
  }

  /** The character at an offset; a space outside the text. */
  static char at(CharSequence text, int offset) {
    return offset >= 0 && offset < text.length() ? text.charAt(offset) : ' ';
  }

  /** Whether a value may begin here: not inside a word, and not in the middle of a number. */
  static boolean mayBegin(CharSequence text, int start) {
    char before = at(text, start - 1);
    boolean joined = before == '-' || before == '.' || before == '/' || before == ':';
    return !isWord(before)
        && !(joined && isDigit(at(text, start - 2)))
        && !(before == '-' && isWord(at(text, start - 2)));
  }

  /** Whether a value may end here: not inside a word, and not in the middle of a number. */
  static boolean mayEnd(CharSequence text, int end) {
    char after = at(text, end);
    boolean joined = after == '-' || after == '.';
    return !isWord(after) && !(joined && isDigit(at(text, end + 1)));
  }

  /** The offset behind the digits that begin here. */
  static int digitsEnd(CharSequence text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }
}

package dev.serai.adapters.dialects.tool.limit;

import dev.serai.core.hash.Sha256;

/**
 * What a vendor accepts as a name or an id. A text that it does not accept is replaced by its
 * beginning and a hash of the whole, so that the same text always has the same replacement and
 * different texts have different ones. Immutable.
 *
 * @param minLength in UTF-16 characters, at least 1
 * @param maxLength at least 9
 */
public record TextLimit(int minLength, int maxLength, Characters characters) {
  /** Any text but the empty one. */
  public static final TextLimit NONE = new TextLimit(1, Integer.MAX_VALUE, Characters.ANY);

  private static final int HASH_LENGTH = 9;
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /** The characters that are accepted. */
  public enum Characters {
    ANY,
    /** ASCII letters and digits. */
    ALPHANUMERIC,
    /** ASCII letters, digits, '_' and '-'. */
    WORD,
    /** The same and '.'. */
    DOTTED,
    /** The same, with a letter or '_' at the beginning. */
    IDENTIFIER
  }

  /** Any characters, at most so many. */
  public static TextLimit length(int maxLength) {
    return new TextLimit(1, maxLength, Characters.ANY);
  }

  /** Letters, digits, '_' and '-', at most so many. */
  public static TextLimit words(int maxLength) {
    return new TextLimit(1, maxLength, Characters.WORD);
  }

  /** Whether the vendor accepts this text. */
  public boolean accepts(String text) {
    int length = text.length();
    if (length < minLength || length > maxLength) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (!accepts(text.charAt(i), i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the vendor accepts this text; false if it is not ASCII. */
  boolean acceptsAscii(byte[] text, int from, int to) {
    int length = to - from;
    if (length < minLength || length > maxLength) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text[from + i] < 0 || !accepts((char) text[from + i], i)) {
        return false;
      }
    }
    return true;
  }

  private boolean accepts(char c, int place) {
    boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    boolean digit = c >= '0' && c <= '9';
    return switch (characters) {
      case ANY -> true;
      case ALPHANUMERIC -> letter || digit;
      case WORD -> letter || digit || c == '_' || c == '-';
      case DOTTED -> letter || digit || c == '_' || c == '-' || c == '.';
      case IDENTIFIER -> letter || c == '_' || place > 0 && (digit || c == '-');
    };
  }

  /** The text itself if it is accepted, else its replacement. */
  public String fit(String text) {
    return fit(text, 0);
  }

  /**
   * The same in several variants, for a text whose replacement is already in use.
   *
   * @param variant 0 is {@link #fit(String)}
   */
  String fit(String text, int variant) {
    if (variant == 0 && accepts(text)) {
      return text;
    }
    String hash = hash(variant == 0 ? text : text + "\n" + variant);
    int room = maxLength - HASH_LENGTH - 1;
    return room < HASH_LENGTH ? hash : beginning(text, room) + "_" + hash;
  }

  private String beginning(String text, int room) {
    int end = Math.min(text.length(), room);
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    StringBuilder beginning = new StringBuilder(end);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      beginning.append(accepts(c, i) ? c : '_');
    }
    return beginning.toString();
  }

  private static String hash(String text) {
    byte[] digest = Sha256.of(text);
    StringBuilder hash = new StringBuilder(HASH_LENGTH);
    for (int i = 0; i < HASH_LENGTH; i++) {
      int twoBytes = (digest[2 * i] & 0xFF) << 8 | digest[2 * i + 1] & 0xFF;
      hash.append(ALPHABET.charAt(twoBytes % ALPHABET.length()));
    }
    return hash.toString();
  }
}

package dev.serai.core.privacy;

import java.util.Locale;

/** The words around a value. */
final class Words {
  private static final int MAX_GAP = 6;
  private static final int MAX_WORD = 40;
  private static final int MAX_LINKS = 2;

  private Words() {}

  /**
   * The word in front of a value, in lower case, past characters such as {@code ": "}; a text's
   * first value has the name of its member in front.
   */
  static String before(CharSequence text, int start, String member) {
    return before(text, start, member, MAX_LINKS);
  }

  private static String before(CharSequence text, int start, String member, int links) {
    int end = start;
    while (end > 0 && start - end < MAX_GAP && !Chars.isWord(text.charAt(end - 1))) {
      end--;
    }
    if (end == 0) {
      return normal(member);
    }
    int from = end;
    while (from > 0 && end - from < MAX_WORD && Chars.isWord(text.charAt(from - 1))) {
      from--;
    }
    String word = text.subSequence(from, end).toString();
    return links > 0 && from > 0 && isLinking(word)
        ? before(text, from, member, links - 1)
        : normal(word);
  }

  /** Whether a word only links a name and its value: {@code my phone number is 5551234}. */
  private static boolean isLinking(String word) {
    return word.equals("is") || word.equals("number") || word.equals("No") || word.equals("no");
  }

  /** In lower case, with underscores between words: {@code apiKey} and {@code API-Key} alike. */
  static String normal(String name) {
    if (name.length() > MAX_WORD) {
      return "";
    }
    StringBuilder words = new StringBuilder(name.length() + 4);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean hump = Chars.isUpper(c) && i > 0 && !Chars.isUpper(name.charAt(i - 1));
      if (hump && Chars.isLetter(name.charAt(i - 1))) {
        words.append('_');
      }
      words.append(c == '-' || c == ' ' ? '_' : c);
    }
    return words.toString().toLowerCase(Locale.ROOT);
  }
}

package dev.serai.memory.database;

/**
 * Cleans text that is stored. A client or a provider may send characters that PostgreSQL does not
 * store: U+0000 and halves of surrogate pairs. Each becomes U+FFFD, in what is written and in what
 * is looked up, so that both still match. Pure.
 */
public final class StoredText {
  private static final char REPLACEMENT = '\uFFFD';

  private StoredText() {}

  /** The text with characters that every database stores; the same object if it has no others. */
  public static String clean(String text) {
    int bad = firstBad(text, 0);
    if (bad < 0) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text);
    for (; bad >= 0; bad = firstBad(text, bad + 1)) {
      clean.setCharAt(bad, REPLACEMENT);
    }
    return clean.toString();
  }

  /** The index of the first bad character from this one on, or -1. */
  private static int firstBad(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return i;
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }
}

package dev.serai.core.guard;

import java.util.BitSet;

/**
 * A set of characters, without regard to their case. Immutable.
 *
 * @param members the characters, folded
 * @param negated whether it has all other characters instead
 */
record CharClass(BitSet members, boolean negated) {
  /** Every character. */
  static final CharClass ANY = new CharClass(new BitSet(), true);

  static final CharClass DIGITS = ranges("09");
  static final CharClass WORD = ranges("09azAZ__");
  static final CharClass SPACE =
      ranges("\t\r  \u0085\u0085\u00a0\u00a0\u2000\u200a\u2028\u2029\u3000\u3000");

  private static CharClass ranges(String pairs) {
    BitSet members = new BitSet();
    for (int i = 0; i < pairs.length(); i += 2) {
      members.set(pairs.charAt(i), pairs.charAt(i + 1) + 1);
    }
    return of(members, false);
  }

  /** A set of these characters in either case. */
  static CharClass of(BitSet written, boolean negated) {
    BitSet members = new BitSet();
    written.stream().forEach(c -> members.set(folded((char) c)));
    return new CharClass(members, negated);
  }

  CharClass negate() {
    return new CharClass(members, !negated);
  }

  boolean has(char c) {
    return members.get(folded(c)) != negated;
  }

  /** The character without its case. */
  static char folded(char c) {
    if (c < 128) {
      return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
    return Character.toLowerCase(Character.toUpperCase(c));
  }

  /** Whether it is part of a word, for the boundaries of words. */
  static boolean isWord(int c) {
    return c >= 0 && (Character.isLetterOrDigit((char) c) || c == '_');
  }
}

package dev.serai.core.privacy;

/**
 * Digits in groups with separators between them, as people write card and phone numbers: {@code +49
 * (0)30 1234-567}. At most {@link #MAX_DIGITS} digits are read, so that each look at a text is
 * bounded.
 */
final class NumberGroups {
  private static final int MAX_DIGITS = 24;
  private static final int MAX_GROUPS = 12;

  private final CharSequence text;
  private final StringBuilder digits = new StringBuilder(MAX_DIGITS);
  private final int[] ends = new int[MAX_GROUPS];
  private final int[] totals = new int[MAX_GROUPS];
  private final char[] separators = new char[MAX_GROUPS];
  private final boolean plus;
  private final int count;

  /**
   * Reads the groups that begin at an offset.
   *
   * @param start of a digit, a plus sign or an opening parenthesis
   */
  NumberGroups(CharSequence text, int start) {
    this.text = text;
    plus = text.charAt(start) == '+';
    int at = plus ? start + 1 : start;
    at = Chars.at(text, at) == '(' ? at + 1 : at;
    int groups = 0;
    int end = groupEnd(at);
    while (groups < MAX_GROUPS && end > at && digits.length() + end - at <= MAX_DIGITS) {
      digits.append(text, at, end);
      ends[groups] = end;
      totals[groups] = digits.length();
      at = next(groups, end);
      end = groupEnd(at);
      groups++;
    }
    count = groups;
  }

  private int groupEnd(int from) {
    int end = from;
    while (Chars.isDigit(Chars.at(text, end)) && end - from <= MAX_DIGITS) {
      end++;
    }
    return end;
  }

  /** Whether there are at least so many digits, with at most two separators between them. */
  static boolean hasDigits(CharSequence text, int start, int least) {
    int digits = 0;
    int gap = 0;
    for (int at = start; at < text.length() && gap < 3; at++) {
      char c = text.charAt(at);
      if (Chars.isDigit(c)) {
        gap = 0;
        if (++digits == least) {
          return true;
        }
      } else if (isSeparator(c) || at == start) {
        gap++;
      } else {
        return false;
      }
    }
    return false;
  }

  /** The offset of the next group; that of something else if there is none. */
  private int next(int group, int end) {
    char separator = Chars.at(text, end);
    if (!isSeparator(separator)) {
      return end;
    }
    separators[group] = separator;
    char second = Chars.at(text, end + 1);
    boolean two = isBracket(separator) || isBracket(second);
    return two && isSeparator(second) ? end + 2 : end + 1;
  }

  private static boolean isSeparator(char c) {
    return c == ' ' || c == '-' || c == '.' || c == '/' || c == '\u00A0' || isBracket(c);
  }

  private static boolean isBracket(char c) {
    return c == '(' || c == ')';
  }

  CharSequence digits() {
    return digits;
  }

  boolean plus() {
    return plus;
  }

  int count() {
    return count;
  }

  /** The offset behind the last of the first {@code groups}. */
  int end(int groups) {
    return ends[groups - 1];
  }

  /** How many digits the first {@code groups} have. */
  int total(int groups) {
    return totals[groups - 1];
  }

  /** The number of digits in a group, counted from 0; 0 if there is no such group. */
  int size(int group) {
    return group >= count ? 0 : totals[group] - (group == 0 ? 0 : totals[group - 1]);
  }

  /** Whether the first groups have these sizes. */
  boolean hasSizes(int... sizes) {
    for (int i = 0; i < sizes.length; i++) {
      if (size(i) != sizes[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether the first {@code groups} are separated by one of these characters only. */
  boolean separatedBy(String allowed, int groups) {
    for (int i = 0; i < groups - 1; i++) {
      if (allowed.indexOf(separators[i]) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether a value may end behind the first {@code groups}. */
  boolean mayEnd(int groups) {
    return Chars.mayEnd(text, end(groups));
  }
}

package dev.serai.core.guard;

import java.util.List;
import java.util.Optional;

/**
 * Phrases and regular expressions that are searched for together, without regard to case. The time
 * of a search grows with the length of the text and not with what the text is. Thread-safe.
 */
final class PatternSet {
  /** Nothing is found. */
  static final PatternSet NONE = new PatternSet(new Program());

  private final Program program;

  private PatternSet(Program program) {
    this.program = program;
  }

  /**
   * Compiles patterns.
   *
   * @param patterns {@code /.../} is a regular expression, anything else is a phrase: whole words
   *     with any white space between them
   * @throws IllegalArgumentException if a pattern cannot be used; the message says which and why
   */
  static PatternSet of(List<String> patterns) {
    Program program = new Program();
    int[] entries = new int[patterns.size()];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = program.size();
      new Parser(expression(patterns.get(i))).read().addTo(program);
      program.add(Program.MATCH, 0, 0);
    }
    program.index(entries);
    return new PatternSet(program);
  }

  private static String expression(String pattern) {
    if (pattern.isBlank()) {
      throw new IllegalArgumentException("is empty");
    }
    boolean regular = pattern.length() > 2 && pattern.startsWith("/") && pattern.endsWith("/");
    return regular ? pattern.substring(1, pattern.length() - 1) : Parser.ofPhrase(pattern);
  }

  /** What is wrong with a pattern; empty if nothing is. */
  static Optional<String> fault(String pattern) {
    try {
      of(List.of(pattern));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      String why = String.valueOf(e.getMessage()).replaceFirst("^patterns are ", "is ");
      return Optional.of(why.startsWith("/") ? why : pattern + " " + why);
    }
  }

  /**
   * Whether a pattern has one of the two slashes of a regular expression: it is searched for as a
   * phrase.
   */
  static boolean hasOneSlash(String pattern) {
    String text = pattern.strip();
    return text.length() > 1 && text.startsWith("/") != text.endsWith("/");
  }

  /** Whether a whole text has a match. */
  boolean isIn(String text) {
    TextMatcher matcher = matcher();
    for (int i = 0; i < text.length(); i++) {
      if (matcher.take(text.charAt(i), i)) {
        return true;
      }
    }
    return matcher.end();
  }

  /** Searches a text that arrives in pieces. */
  TextMatcher matcher() {
    return new TextMatcher(program);
  }
}

package dev.serai.core.caller;

import java.util.List;

/**
 * Names that a caller may use, of models or tools. A {@code *} at the end of a pattern matches
 * every name with that beginning. Immutable.
 *
 * @param patterns names and patterns
 */
public record AllowList(List<String> patterns) {
  /** Allows every name. */
  public static final AllowList ALL = new AllowList(List.of("*"));

  public AllowList {
    patterns = List.copyOf(patterns);
  }

  /** Whether it allows every name. */
  public boolean allowsAll() {
    return patterns.contains("*");
  }

  /** Whether it allows a name. */
  public boolean allows(String name) {
    for (String pattern : patterns) {
      if (matches(pattern, name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String pattern, String name) {
    int last = pattern.length() - 1;
    return last >= 0 && pattern.charAt(last) == '*'
        ? name.regionMatches(0, pattern, 0, last)
        : pattern.equals(name);
  }
}

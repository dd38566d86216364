package dev.serai.core.caller;

import java.util.List;
import java.util.Optional;

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

  /** What is wrong with a pattern; empty if nothing is. */
  public static Optional<String> fault(String pattern) {
    int star = pattern.indexOf('*');
    if (star >= 0 && star < pattern.length() - 1) {
      return Optional.of("may have a * at its end only");
    }
    boolean visible = pattern.chars().allMatch(c -> c > ' ' && c != 0x7f);
    return pattern.isEmpty() || !visible
        ? Optional.of("must be a name without blanks")
        : Optional.empty();
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

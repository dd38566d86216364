package dev.serai.core.privacy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Finds personal data and secrets in a text, in time that grows with its length only. Numbers count
 * only if their check digits are right, where they have some. Thread-safe.
 */
public final class PiiDetector {
  private final Set<PiiKind> kinds;
  private final NameDictionary names;

  /**
   * @param kinds what to find
   * @param names of people and others, for {@link PiiKind#NAME}; each begins with a letter
   */
  public PiiDetector(Set<PiiKind> kinds, Set<String> names) {
    this.kinds = kinds.isEmpty() ? EnumSet.noneOf(PiiKind.class) : EnumSet.copyOf(kinds);
    this.names = new NameDictionary(names);
  }

  /** The values in a text, in order; they do not overlap. */
  List<Finding> find(String text) {
    return find(text, "");
  }

  /**
   * The values in a text, in order; they do not overlap.
   *
   * @param member the name of the member of a JSON object that the text is the value of: it may say
   *     that the text is a password
   */
  List<Finding> find(String text, String member) {
    return text.length() < 4 && names.isEmpty()
        ? List.of()
        : new Scan(text, member, kinds, names).run();
  }
}

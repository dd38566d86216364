package dev.serai.core.text;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says what a name was perhaps meant to be that a request has and the gateway does not know: of a
 * member, a parameter or a value. Pure.
 */
public final class KnownNames {
  private KnownNames() {}

  /**
   * A question that names the known name which is near, as {@link Spelling} finds it, or the only
   * one with the same words and others.
   */
  public static Optional<String> meant(String read, Collection<String> known) {
    Set<String> sorted = new TreeSet<>(known);
    return Spelling.closest(read, sorted)
        .or(() -> Spelling.longer(read, sorted))
        .map(name -> "Did you mean '" + name + "'?");
  }

  /** A sentence that lists the names; empty if there are none. */
  public static String all(Collection<String> known) {
    return known.isEmpty()
        ? ""
        : (known.size() == 1 ? "Known is " : "Known are ")
            + String.join(", ", new TreeSet<>(known))
            + ".";
  }

  /** What a value must be that is none of them, and what was perhaps meant. */
  public static String mustBe(String member, String read, Collection<String> known) {
    String rule = "'" + member + "' must be one of " + String.join(", ", known) + ".";
    return meant(read, known).map(question -> rule + " " + question).orElse(rule);
  }

  /** What was perhaps meant, and the names that are known. */
  public static String hint(String read, Collection<String> known) {
    return (meant(read, known).map(question -> question + " ").orElse("") + all(known)).strip();
  }

  /**
   * The first name that is not known and differs by typos from a known one that is not given: for
   * requests that may have other members, where a misspelt one would have no effect.
   */
  public static Optional<String> misspelt(Collection<String> read, Set<String> known) {
    Set<String> missing = new TreeSet<>(known);
    missing.removeAll(read);
    return read.stream()
        .filter(name -> !known.contains(name) && Spelling.closest(name, missing).isPresent())
        .findFirst();
  }
}

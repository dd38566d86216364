package dev.serai.core.memory;

import java.util.Optional;
import java.util.Set;

/** What must hold for a change to be made (RFC 9110, section 13.1). Immutable. */
public sealed interface Precondition {
  /** The change is made in any case. */
  Precondition NONE = new None();

  /** Nothing. */
  record None() implements Precondition {}

  /** There is no object: {@code If-None-Match: *}. */
  record Absent() implements Precondition {}

  /** There is an object: {@code If-Match: *}. */
  record Present() implements Precondition {}

  /** The object has one of these versions: {@code If-Match: "7"}. */
  record Version(Set<Long> versions) implements Precondition {
    public Version {
      versions = Set.copyOf(versions);
    }
  }

  /**
   * Whether it holds.
   *
   * @param version of the object that is stored; empty if there is none
   */
  default boolean holds(Optional<Long> version) {
    return switch (this) {
      case None _ -> true;
      case Absent _ -> version.isEmpty();
      case Present _ -> version.isPresent();
      case Version wanted -> version.filter(wanted.versions()::contains).isPresent();
    };
  }
}

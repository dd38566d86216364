package dev.serai.core.guard;

import java.util.List;

/** All guards, in the order in which they check. Immutable. */
public record Guards(List<Guard> all) {
  /** Nothing is checked. */
  public static final Guards NONE = new Guards(List.of());

  public Guards {
    all = List.copyOf(all);
  }

  /** Those that check these texts of a tenant's calls. */
  public List<Guard> of(GuardDirection direction, String tenant) {
    return all.isEmpty()
        ? all
        : all.stream().filter(guard -> guard.checks(direction, tenant)).toList();
  }
}

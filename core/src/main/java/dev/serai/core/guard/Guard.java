package dev.serai.core.guard;

import java.util.Optional;
import java.util.Set;

/**
 * A guard of the settings. Immutable.
 *
 * @param name in the settings, the log, metrics and errors
 * @param on the directions that it checks
 * @param blocks whether it refuses what it objects to, or only reports it
 * @param failsClosed whether it refuses what it cannot check
 * @param tenants those whose calls it checks; all if empty
 * @param patterns what it searches for
 * @param check what it asks instead; empty if it searches for patterns
 */
public record Guard(
    String name,
    Set<GuardDirection> on,
    boolean blocks,
    boolean failsClosed,
    Set<String> tenants,
    TextPatterns patterns,
    Optional<GuardCheck> check) {
  public Guard {
    on = Set.copyOf(on);
    tenants = Set.copyOf(tenants);
  }

  /** A guard that searches for patterns. */
  public Guard(
      String name,
      Set<GuardDirection> on,
      boolean blocks,
      boolean failsClosed,
      Set<String> tenants,
      TextPatterns patterns) {
    this(name, on, blocks, failsClosed, tenants, patterns, Optional.empty());
  }

  /** The same guard, which asks for a check. */
  public Guard asking(GuardCheck other) {
    return new Guard(name, on, blocks, failsClosed, tenants, TextPatterns.NONE, Optional.of(other));
  }

  /** Whether it checks these texts of a tenant's calls. */
  public boolean checks(GuardDirection direction, String tenant) {
    return on.contains(direction) && (tenants.isEmpty() || tenants.contains(tenant));
  }
}

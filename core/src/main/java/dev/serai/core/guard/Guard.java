package dev.serai.core.guard;

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
 */
public record Guard(
    String name,
    Set<GuardDirection> on,
    boolean blocks,
    boolean failsClosed,
    Set<String> tenants,
    TextPatterns patterns) {
  public Guard {
    on = Set.copyOf(on);
    tenants = Set.copyOf(tenants);
  }

  /** Whether it checks these texts of a tenant's calls. */
  public boolean checks(GuardDirection direction, String tenant) {
    return on.contains(direction) && (tenants.isEmpty() || tenants.contains(tenant));
  }
}

package dev.serai.core.people;

import dev.serai.core.caller.Role;
import dev.serai.core.caller.Roles;
import java.time.Instant;
import java.util.List;

/**
 * A user of a tenant that is stored: a person or a program. Immutable.
 *
 * @param id names it for its whole life
 * @param tenant whose user it is
 * @param name unique in the tenant, as API keys and the ledger have it
 * @param role what its credentials may do at most
 * @param teams the teams within the tenant
 * @param description words of the operator
 * @param disabled whether its credentials are refused
 * @param created when it was created
 * @param updated when it was last changed
 */
public record TenantUser(
    String id,
    String tenant,
    String name,
    Role role,
    List<String> teams,
    String description,
    boolean disabled,
    Instant created,
    Instant updated) {
  public TenantUser {
    teams = List.copyOf(teams);
  }

  /** The user with what its role allows now. */
  public TenantUser resolved(Roles roles) {
    Role known = roles.get(role.name());
    return new TenantUser(id, tenant, name, known, teams, description, disabled, created, updated);
  }
}

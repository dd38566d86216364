package dev.serai.core.people;

import dev.serai.core.caller.Role;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What a request to create or change a tenant or a user says. An empty member was not given.
 * Immutable.
 */
public record PeopleRequest(
    Optional<String> id,
    Optional<String> name,
    Optional<String> tenant,
    Optional<Role> role,
    Optional<List<String>> teams,
    Optional<String> description,
    Optional<ZoneId> timeZone,
    Optional<Boolean> disabled) {
  /** A tenant as this request describes it, with defaults for what it does not give. */
  public Tenant tenant(Instant now) {
    return changed(new Tenant(id.orElse(""), "", Tenant.UTC, false, now, now), now);
  }

  /** The tenant with what this request changes. */
  public Tenant changed(Tenant old, Instant now) {
    return new Tenant(
        old.id(),
        description.orElse(old.description()),
        timeZone.orElse(old.timeZone()),
        disabled.orElse(old.disabled()),
        old.created(),
        now);
  }

  /** A user as this request describes it, with defaults for what it does not give. */
  public TenantUser user(String ownTenant, Instant now) {
    String of = tenant.orElse(ownTenant);
    return changed(
        new TenantUser("", of, name.orElse(""), Role.DEVELOPER, List.of(), "", false, now, now),
        now);
  }

  /** The user with what this request changes. */
  public TenantUser changed(TenantUser old, Instant now) {
    return new TenantUser(
        old.id(),
        old.tenant(),
        old.name(),
        role.orElse(old.role()),
        teams.orElse(old.teams()),
        description.orElse(old.description()),
        disabled.orElse(old.disabled()),
        old.created(),
        now);
  }
}

package dev.serai.core.people;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stored tenants and users in memory, as they were when they were last read. While the database
 * is unavailable, the last ones count. Thread-safe.
 */
public final class PeopleSnapshot {
  private volatile State state = new State(Map.of(), Map.of());

  /** A user by the name that is unique in its tenant. */
  private record UserName(String tenant, String name) {}

  private record State(Map<String, Tenant> tenants, Map<UserName, TenantUser> users) {}

  /** Replaces everything. */
  public void replace(List<Tenant> tenants, List<TenantUser> users) {
    Map<String, Tenant> byId = new HashMap<>();
    tenants.forEach(tenant -> byId.put(tenant.id(), tenant));
    Map<UserName, TenantUser> byName = new HashMap<>();
    users.forEach(user -> byName.put(new UserName(user.tenant(), user.name()), user));
    state = new State(byId, byName);
  }

  /** The stored tenant of that ID. */
  Optional<Tenant> tenant(String id) {
    return Optional.ofNullable(state.tenants.get(id));
  }

  /** The stored user of that name in a tenant. */
  Optional<TenantUser> user(String tenant, String name) {
    Map<UserName, TenantUser> users = state.users;
    return name.isEmpty() || users.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(users.get(new UserName(tenant, name)));
  }
}

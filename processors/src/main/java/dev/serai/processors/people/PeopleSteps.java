package dev.serai.processors.people;

import dev.serai.core.people.PeopleRequestReader;
import dev.serai.core.people.PeopleStore;
import dev.serai.core.people.Tenant;
import dev.serai.core.people.TenantUser;
import dev.serai.processors.support.EventLoops;
import java.time.InstantSource;
import java.util.Map;
import org.apache.camel.Processor;

/** Makes the steps that manage tenants and users. The steps are thread-safe. */
public final class PeopleSteps {
  private PeopleSteps() {}

  /** Those for tenants by the name that routes use. */
  public static Map<String, Processor> ofTenants(
      PeopleStore<Tenant> store,
      PeopleRequestReader reader,
      InstantSource clock,
      EventLoops loops) {
    Tenants tenants = new Tenants(store, reader, clock);
    return Map.of(
        "list-tenants", new ListTenants(tenants, loops),
        "create-tenant", new CreateTenant(tenants, loops),
        "show-tenant", new ShowTenant(tenants, loops),
        "change-tenant", new ChangeTenant(tenants, loops),
        "delete-tenant", new DeleteTenant(tenants, loops));
  }

  /** Those for users by the name that routes use. */
  public static Map<String, Processor> ofUsers(
      PeopleStore<TenantUser> store,
      PeopleRequestReader reader,
      InstantSource clock,
      EventLoops loops) {
    Users users = new Users(store, reader, clock);
    return Map.of(
        "list-users", new ListUsers(users, loops),
        "create-user", new CreateUser(users, loops),
        "show-user", new ShowUser(users, loops),
        "change-user", new ChangeUser(users, loops),
        "delete-user", new DeleteUser(users, loops));
  }
}

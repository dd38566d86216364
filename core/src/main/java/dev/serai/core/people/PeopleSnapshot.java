package dev.serai.core.people;

import dev.serai.core.caller.Authentication;
import dev.serai.core.caller.Authenticator;
import dev.serai.core.caller.Credential;
import dev.serai.core.caller.Identity;
import dev.serai.core.problem.AuthenticationProblem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

  /**
   * Refuses what is good by {@code source} if its tenant or its user is disabled, and limits it to
   * what the role of its user allows.
   */
  public Authenticator over(Authenticator source) {
    return new Authenticator() {
      @Override
      public Authentication authenticate(Credential credential) {
        Authentication said = source.authenticate(credential);
        return said instanceof Authentication.Authenticated(Identity identity)
            ? verdict(said, identity)
            : said;
      }

      @Override
      public boolean hasCredentials() {
        return source.hasCredentials();
      }
    };
  }

  private Authentication verdict(Authentication good, Identity identity) {
    State now = state;
    Tenant tenant = now.tenants.get(identity.tenant());
    if (tenant != null && tenant.disabled()) {
      return rejected("The tenant '" + tenant.id() + "' is disabled.");
    }
    if (identity.user().isEmpty() || now.users.isEmpty()) {
      return good;
    }
    TenantUser user = now.users.get(new UserName(identity.tenant(), identity.user()));
    return user == null ? good : verdict(good, identity, user);
  }

  private static Authentication verdict(Authentication good, Identity identity, TenantUser user) {
    if (user.disabled()) {
      return rejected("The user '" + user.name() + "' is disabled.");
    }
    Identity limited = identity.limitedTo(user.role().permissions());
    return limited == identity ? good : new Authentication.Authenticated(limited);
  }

  private static Authentication rejected(String why) {
    return new Authentication.Rejected(new AuthenticationProblem(why));
  }
}

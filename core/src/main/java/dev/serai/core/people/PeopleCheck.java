package dev.serai.core.people;

import dev.serai.core.caller.Authentication;
import dev.serai.core.caller.Authenticator;
import dev.serai.core.caller.Credential;
import dev.serai.core.caller.Identity;
import java.util.Optional;

/**
 * Refuses the credentials of disabled tenants and users, and limits those of a stored user to what
 * its role allows, whatever source they are of. Thread-safe.
 */
public final class PeopleCheck implements Authenticator {
  private final PeopleSnapshot people;
  private final Authenticator source;

  /**
   * @param source says whose a credential is
   */
  public PeopleCheck(PeopleSnapshot people, Authenticator source) {
    this.people = people;
    this.source = source;
  }

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

  private Authentication verdict(Authentication good, Identity identity) {
    Optional<Tenant> tenant = people.tenant(identity.tenant());
    if (tenant.isPresent() && tenant.get().disabled()) {
      return Authentication.rejected("The tenant '" + identity.tenant() + "' is disabled.");
    }
    Optional<TenantUser> user = people.user(identity.tenant(), identity.user());
    return user.isEmpty() ? good : verdict(good, identity, user.get());
  }

  private static Authentication verdict(Authentication good, Identity identity, TenantUser user) {
    if (user.disabled()) {
      return Authentication.rejected("The user '" + user.name() + "' is disabled.");
    }
    Identity limited = identity.limitedTo(user.role().permissions());
    return limited == identity ? good : new Authentication.Authenticated(limited);
  }
}

package dev.serai.processors.people;

import dev.serai.core.caller.Caller;
import dev.serai.core.people.PeopleRequest;
import dev.serai.core.people.PeopleRequestReader;
import dev.serai.core.people.PeopleStore;
import dev.serai.core.people.TenantUser;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.management.KeyRights;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** The stored users. Thread-safe. */
final class Users extends People<TenantUser> {
  private static final Kind<TenantUser> KIND =
      new Kind<>(
          "/v1/users/",
          Set.of("name", "tenant", "role", "teams", "description", "disabled"),
          Set.of("role", "teams", "description", "disabled"),
          PeopleJson::user);

  Users(PeopleStore<TenantUser> store, PeopleRequestReader reader, InstantSource clock) {
    super(KIND, store, reader, clock);
  }

  @Override
  TenantUser wanted(Caller caller, PeopleRequest request, Instant now) {
    if (request.name().isEmpty()) {
      throw CallerProblem.invalid("name", "A user needs a name, which its keys have.");
    }
    TenantUser wanted = request.user(caller.tenant(), now);
    return KeyRights.requireNotOwnEnd(caller, requireCovered(caller, wanted));
  }

  @Override
  TenantUser changed(Caller caller, TenantUser known, PeopleRequest request, Instant now) {
    TenantUser changed = request.changed(requireCovered(caller, known), now);
    return KeyRights.requireNotOwnEnd(caller, requireCovered(caller, changed));
  }

  @Override
  void requireDeletable(Caller caller, TenantUser known) {
    requireCovered(caller, known);
  }

  /** No caller manages a user that may do more than itself. */
  private static TenantUser requireCovered(Caller caller, TenantUser user) {
    KeyRights.requireSeen(caller, user.tenant());
    KeyRights.requireCovered(caller, user.role());
    return user;
  }

  @Override
  boolean isSeen(Caller caller, TenantUser known) {
    return KeyRights.sees(caller, known.tenant());
  }

  @Override
  CallerProblem unknown() {
    return new CallerProblem(
        404, "user_not_found", "There is no user with that ID.", Optional.of("id"));
  }
}

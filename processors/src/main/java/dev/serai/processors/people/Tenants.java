package dev.serai.processors.people;

import dev.serai.core.caller.Caller;
import dev.serai.core.people.PeopleRequest;
import dev.serai.core.people.PeopleRequestReader;
import dev.serai.core.people.PeopleStore;
import dev.serai.core.people.Tenant;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.management.KeyRights;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** The stored tenants. Thread-safe. */
final class Tenants extends People<Tenant> {
  private static final Kind<Tenant> KIND =
      new Kind<>(
          "/v1/tenants/",
          Set.of("id", "description", "time_zone", "disabled"),
          Set.of("description", "time_zone", "disabled"),
          PeopleJson::tenant);

  Tenants(PeopleStore<Tenant> store, PeopleRequestReader reader, InstantSource clock) {
    super(KIND, store, reader, clock);
  }

  @Override
  Tenant wanted(Caller caller, PeopleRequest request, Instant now) {
    if (request.id().isEmpty()) {
      throw CallerProblem.invalid("id", "A tenant needs an id: the name that its keys have.");
    }
    Tenant wanted = request.tenant(now);
    KeyRights.requireSeen(caller, wanted.id());
    return KeyRights.requireNotOwnEnd(caller, wanted);
  }

  @Override
  Tenant changed(Caller caller, Tenant known, PeopleRequest request, Instant now) {
    KeyRights.requireSeen(caller, known.id());
    return KeyRights.requireNotOwnEnd(caller, request.changed(known, now));
  }

  @Override
  void requireDeletable(Caller caller, Tenant known) {
    KeyRights.requireSeen(caller, known.id());
  }

  @Override
  boolean isSeen(Caller caller, Tenant known) {
    return KeyRights.sees(caller, known.id());
  }

  @Override
  CallerProblem unknown() {
    return new CallerProblem(
        404, "tenant_not_found", "There is no tenant with that ID.", Optional.of("id"));
  }
}

package dev.serai.processors.roles;

import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Role;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.people.RoleStore;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.management.KeyRights;
import dev.serai.processors.support.EventLoops;
import java.util.Optional;

/** Deletes a stored role. Thread-safe. */
final class DeleteRole extends JsonStep {
  private final RoleStore store;

  DeleteRole(RoleStore store, EventLoops loops) {
    super(loops);
    this.store = store;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    KeyRights.requireEveryTenant(caller);
    Role known = KnownRoles.find(store, request);
    KeyRights.requireCovered(caller, known);
    String id = known.name();
    switch (known.source()) {
      case BUILT_IN -> throw fixed("The role '" + id + "' is built in.");
      case SETTINGS ->
          throw fixed("The role '" + id + "' is in the settings. Remove it from auth.roles there.");
      case STORED, UNKNOWN -> {
        if (!store.delete(id)) {
          throw KnownRoles.unknown();
        }
      }
    }
    return deleted(id);
  }

  private static CallerProblem fixed(String message) {
    return new CallerProblem(409, "role_not_stored", message, Optional.of("id"));
  }
}

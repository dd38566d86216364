package dev.serai.processors.roles;

import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Role;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.people.RoleStore;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.management.KeyRights;
import dev.serai.processors.support.EventLoops;

/** Stores a role. Thread-safe. */
final class CreateRole extends JsonStep {
  private final RoleStore store;
  private final RoleStore.Reader reader;

  CreateRole(RoleStore store, RoleStore.Reader reader, EventLoops loops) {
    super(loops);
    this.store = store;
    this.reader = reader;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    Role wanted = reader.read(request.body());
    KeyRights.requireEveryTenant(caller);
    KeyRights.requireDefinable(caller, wanted);
    return KnownRoles.one(store.create(wanted));
  }
}

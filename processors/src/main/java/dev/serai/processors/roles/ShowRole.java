package dev.serai.processors.roles;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.people.RoleStore;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.support.EventLoops;

/** Shows one role with its permissions. Thread-safe. */
final class ShowRole extends JsonStep {
  private final RoleStore store;

  ShowRole(RoleStore store, EventLoops loops) {
    super(loops);
    this.store = store;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    return KnownRoles.one(KnownRoles.find(store, request));
  }
}

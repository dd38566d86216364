package dev.serai.processors.roles;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.people.RoleStore;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.management.Pages;
import dev.serai.processors.support.EventLoops;

/** Lists the roles with their permissions. Thread-safe. */
final class ListRoles extends JsonStep {
  private final RoleStore store;

  ListRoles(RoleStore store, EventLoops loops) {
    super(loops);
    this.store = store;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    Pages.requireNone(request);
    JsonWriter json =
        new JsonWriter().beginObject().member("object", "list").name("data").beginArray();
    store.known().all().forEach(role -> KnownRoles.write(json, role));
    return json.endArray().endObject().bytes();
  }
}

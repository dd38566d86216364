package dev.serai.processors.keys;

import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Permission;
import dev.serai.core.caller.Role;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.people.RoleStore;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.JsonReply;
import dev.serai.processors.support.OffLoop;
import dev.serai.processors.support.PathId;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.Exchange;

/** Lists, shows, creates and deletes roles. Thread-safe. */
public final class ServeRoles extends OffLoop {
  private static final String PATH = "/v1/roles/";

  private final RoleStore store;
  private final RoleStore.Reader reader;

  public ServeRoles(RoleStore store, RoleStore.Reader reader, EventLoops loops) {
    super(loops);
    this.store = store;
    this.reader = reader;
  }

  @Override
  protected void work(Exchange exchange) {
    InboundRequest request = Calls.body(exchange, InboundRequest.class);
    Caller caller = Calls.caller(exchange);
    String id = PathId.after(PATH, request);
    byte[] reply =
        switch (request.method()) {
          case "POST" -> one(created(caller, request.body()));
          case "DELETE" -> deleted(caller, id);
          default -> id.isEmpty() ? list() : one(find(id));
        };
    exchange.getMessage().setBody(JsonReply.uncached(reply));
  }

  private Role created(Caller caller, byte[] body) {
    Role wanted = reader.read(body);
    KeyRights.requireEveryTenant(caller);
    KeyRights.requireCovered(caller, wanted);
    return store.create(wanted);
  }

  private byte[] deleted(Caller caller, String id) {
    KeyRights.requireEveryTenant(caller);
    Role known = find(id);
    KeyRights.requireCovered(caller, known);
    switch (known.source()) {
      case BUILT_IN -> throw fixed("The role '" + id + "' is built in.");
      case SETTINGS ->
          throw fixed("The role '" + id + "' is in the settings. Remove it from auth.roles there.");
      case STORED, UNKNOWN -> {
        if (!store.delete(id)) {
          throw unknown();
        }
      }
    }
    return KeyJson.deleted(id);
  }

  private Role find(String id) {
    return store.known().find(id).orElseThrow(ServeRoles::unknown);
  }

  private static CallerProblem fixed(String message) {
    return new CallerProblem(409, "role_not_stored", message, Optional.of("id"));
  }

  private static CallerProblem unknown() {
    return new CallerProblem(
        404,
        "role_not_found",
        "There is no role of that name. GET /v1/roles lists them.",
        Optional.of("id"));
  }

  private byte[] list() {
    JsonWriter json =
        new JsonWriter().beginObject().member("object", "list").name("data").beginArray();
    store.known().all().forEach(role -> write(json, role));
    return json.endArray().endObject().bytes();
  }

  private static byte[] one(Role role) {
    JsonWriter json = new JsonWriter().beginObject().name("data");
    write(json, role);
    return json.endObject().bytes();
  }

  private static void write(JsonWriter json, Role role) {
    json.beginObject()
        .member("id", role.name())
        .member("source", role.source().name().toLowerCase(Locale.ROOT));
    json.name("permissions").beginArray();
    role.permissions().stream().map(Permission::label).forEach(json::value);
    json.endArray().endObject();
  }
}

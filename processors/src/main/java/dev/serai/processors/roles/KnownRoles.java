package dev.serai.processors.roles;

import dev.serai.core.caller.Permission;
import dev.serai.core.caller.Role;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.people.RoleStore;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.management.PathId;
import java.util.Locale;
import java.util.Optional;

/** Finds the role that a request names, and writes roles as JSON. */
final class KnownRoles {
  private static final String PATH = "/v1/roles/";

  private KnownRoles() {}

  /**
   * The role that the path of a request names.
   *
   * @throws CallerProblem 404 if there is none
   */
  static Role find(RoleStore store, InboundRequest request) {
    return store.known().find(PathId.after(PATH, request)).orElseThrow(KnownRoles::unknown);
  }

  static CallerProblem unknown() {
    return new CallerProblem(
        404,
        "role_not_found",
        "There is no role of that name. GET /v1/roles lists them.",
        Optional.of("id"));
  }

  /** The JSON of one role. */
  static byte[] one(Role role) {
    JsonWriter json = new JsonWriter().beginObject().name("data");
    write(json, role);
    return json.endObject().bytes();
  }

  static void write(JsonWriter json, Role role) {
    json.beginObject()
        .member("id", role.name())
        .member("source", role.source().name().toLowerCase(Locale.ROOT));
    json.name("permissions").beginArray();
    role.permissions().stream().map(Permission::label).forEach(json::value);
    json.endArray().endObject();
  }
}

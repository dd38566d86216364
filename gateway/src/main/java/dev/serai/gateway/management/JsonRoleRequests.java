package dev.serai.gateway.management;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.caller.Permission;
import dev.serai.core.caller.Role;
import dev.serai.core.people.RoleStore;
import dev.serai.core.problem.CallerProblem;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the JSON of requests to store roles; refuses members that it does not know. Pure. */
final class JsonRoleRequests implements RoleStore.Reader {
  private static final Set<String> MEMBERS = Set.of("id", "permissions");

  /** What no key looks like. */
  private static final Pattern SHOWN = Pattern.compile("[a-zA-Z:_.*-]{1,40}");

  private static final List<String> LABELS =
      Arrays.stream(Permission.values()).map(Permission::label).toList();

  @Override
  public Role read(byte[] json) {
    RequestObject request = RequestObject.read(json, MEMBERS);
    String id =
        request
            .member("id")
            .map(value -> RequestObject.text(value, "id", Role::isName, Role.NAME_RULE))
            .orElseThrow(
                () -> CallerProblem.invalid("id", "A role needs an id, which is its name."));
    Set<Permission> permissions =
        request
            .member("permissions")
            .map(JsonRoleRequests::permissions)
            .orElseThrow(JsonRoleRequests::none);
    return new Role(id, permissions, Role.Source.STORED);
  }

  private static Set<Permission> permissions(JsonNode value) {
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    if (value.isArray() && value.size() <= LABELS.size()) {
      value.forEach(entry -> permissions.add(permission(entry)));
    }
    if (permissions.isEmpty()) {
      throw none();
    }
    return permissions;
  }

  private static Permission permission(JsonNode entry) {
    String label = entry.isTextual() ? entry.textValue() : entry.toString();
    return Permission.find(label)
        .orElseThrow(
            () ->
                CallerProblem.invalid(
                    "permissions",
                    "There is no permission "
                        + (SHOWN.matcher(label).matches() ? "'" + label + "'." : "of that name.")
                        + RequestObject.meant(label, LABELS)
                        + " There are "
                        + String.join(", ", LABELS)
                        + "."));
  }

  private static CallerProblem none() {
    return CallerProblem.invalid(
        "permissions",
        "'permissions' must be a list of permissions, each once, such as [\"chat:basic\"].");
  }
}

package dev.serai.config.check.auth;

import dev.serai.config.auth.AuthSettings;
import dev.serai.config.check.Findings;
import dev.serai.config.read.Names;
import dev.serai.config.read.Place;
import dev.serai.core.caller.Role;
import dev.serai.core.caller.Roles;
import java.util.Optional;

/**
 * Checks the roles of the settings, and that what names a role names one that exists. Not
 * thread-safe.
 */
final class RoleCheck {
  private final Findings findings;
  private final Roles known;

  RoleCheck(AuthSettings settings, Findings findings) {
    this.findings = findings;
    this.known = settings.knownRoles();
    settings.roles().keySet().forEach(this::name);
  }

  private void name(String name) {
    Place place = findings.at("auth", "roles", name);
    if (!Role.isName(name)) {
      findings.wrong(place, "the name of a role " + Role.NAME_RULE);
    } else if (Roles.BUILT_IN.find(name).isPresent()) {
      findings.wrong(
          place, "the role " + name + " is built in and cannot be changed; choose another name");
    }
  }

  /** The role of that name; one that allows nothing if there is none, which is reported. */
  Role find(Place place, String name) {
    String written = AuthSettings.roleName(name);
    Optional<Role> found = known.find(written);
    if (found.isEmpty()) {
      String meant =
          Names.closestTo(written, known.byName().keySet())
              .map(near -> "; did you mean " + near + "?")
              .orElse("");
      findings.wrong(
          place,
          "there is no role "
              + name
              + meant
              + (meant.isEmpty() ? "; there are " : " There are ")
              + String.join(", ", known.byName().keySet())
              + ", and auth.roles can have others");
    }
    return found.orElseGet(() -> Role.unknown(written));
  }
}

package dev.serai.config.auth;

import dev.serai.config.annotation.Required;
import dev.serai.config.annotation.ShortForm;
import dev.serai.core.caller.Permission;
import java.util.List;

/**
 * A role in addition to the built-in ones.
 *
 * @param permissions what it allows
 */
public record RoleSettings(@Required @ShortForm List<Permission> permissions) {
  public RoleSettings {
    permissions = List.copyOf(permissions);
  }

  /** Nothing is allowed; the permissions must be set. */
  public static RoleSettings defaults() {
    return new RoleSettings(List.of());
  }
}

package dev.serai.config.auth;

import dev.serai.config.read.Required;
import dev.serai.config.read.Secret;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Role;
import java.util.List;
import java.util.Optional;

/**
 * An API key of a caller.
 *
 * @param name its name in usage and in the log
 * @param key the key itself, best written as a variable: 16 to 512 visible ASCII characters
 * @param role what it may do
 * @param tenant who pays
 * @param team the team within the tenant; it is written to the log of calls only
 * @param user the person or program; it is written to the log of calls only
 * @param models the models that it may call: aliases and provider/model; a * at the end matches all
 *     names with that beginning; * if left out
 * @param tags words that are written to the log of its calls only
 */
public record KeySettings(
    @Required String name,
    @Required Secret key,
    Role role,
    String tenant,
    Optional<String> team,
    Optional<String> user,
    List<String> models,
    List<String> tags) {
  public KeySettings {
    models = List.copyOf(models);
    tags = List.copyOf(tags);
  }

  /** Without a name and a key, which must be set; a developer of the tenant public. */
  public static KeySettings defaults() {
    return new KeySettings(
        "",
        new Secret(""),
        Role.DEVELOPER,
        Identity.PUBLIC,
        Optional.empty(),
        Optional.empty(),
        List.of("*"),
        List.of());
  }
}

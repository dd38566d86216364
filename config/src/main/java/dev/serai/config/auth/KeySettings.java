package dev.serai.config.auth;

import dev.serai.config.annotation.Required;
import dev.serai.config.annotation.Secret;
import dev.serai.config.limit.RateSettings;
import dev.serai.core.caller.Identity;
import java.util.List;
import java.util.Optional;

/**
 * A caller with an API key, a secret that it signs requests with, client certificates, or several
 * of these.
 *
 * @param name its name in usage and in the log
 * @param key the key itself, best written as a variable: 16 to 512 visible ASCII characters
 * @param signingSecret secret of at least 32 characters that the caller signs its requests with;
 *     the name of the key is its ID then
 * @param certificates names of its client certificates, as CN=NAME, URI=ADDRESS or DNS=NAME
 * @param role what it may do: admin, developer, user, readonly, manager, auditor, or one of
 *     auth.roles
 * @param tenant who pays
 * @param team the team within the tenant, for usage, limits and budgets
 * @param user the person or program, for usage, limits and budgets
 * @param models the models that it may call: aliases and provider/model; a * at the end matches all
 *     names with that beginning; * if left out
 * @param tags words for usage, budgets and the log of its calls
 * @param limits limits of this key; windows without one have that of limits.keys
 */
public record KeySettings(
    @Required String name,
    Optional<Secret> key,
    Optional<Secret> signingSecret,
    List<String> certificates,
    String role,
    String tenant,
    Optional<String> team,
    Optional<String> user,
    List<String> models,
    List<String> tags,
    RateSettings limits) {
  public KeySettings {
    certificates = List.copyOf(certificates);
    models = List.copyOf(models);
    tags = List.copyOf(tags);
  }

  /**
   * Without a name, which must be set, and without a credential; a developer of the tenant public.
   */
  public static KeySettings defaults() {
    return new KeySettings(
        "",
        Optional.empty(),
        Optional.empty(),
        List.of(),
        "developer",
        Identity.PUBLIC,
        Optional.empty(),
        Optional.empty(),
        List.of("*"),
        List.of(),
        RateSettings.defaults());
  }
}

package dev.serai.config.auth;

import dev.serai.config.annotation.Named;
import dev.serai.config.annotation.Secret;
import dev.serai.core.caller.Role;
import dev.serai.core.caller.Roles;
import dev.serai.core.login.LoginSite;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * API keys of callers. With none at all, every caller may do everything, and Serai listens only on
 * the loopback.
 *
 * @param apiKeys keys with the role developer in the tenant public, each as name:key or key
 * @param adminKeys keys that manage the gateway and call no models, each as key or key:write for
 *     everything, or key:read for reading
 * @param keys keys with a role, a tenant and limits of their own
 * @param keyPepper secret of at least 32 characters that stored keys are hashed with, the same in
 *     all gateways with one database; needed to store keys in PostgreSQL. With SQLite, a file in
 *     the folder of the state holds one otherwise
 * @param issuers issuers of tokens (JWT), which are accepted as API keys are
 * @param roles roles in addition to the built-in ones, by name
 * @param login how people log in with a browser
 */
public record AuthSettings(
    @Named List<Secret> apiKeys,
    List<Secret> adminKeys,
    List<KeySettings> keys,
    Optional<Secret> keyPepper,
    List<IssuerSettings> issuers,
    Map<String, RoleSettings> roles,
    LoginSettings login) {
  /** The least number of characters of a pepper. */
  public static final int MIN_PEPPER = 32;

  public AuthSettings {
    apiKeys = List.copyOf(apiKeys);
    adminKeys = List.copyOf(adminKeys);
    keys = List.copyOf(keys);
    issuers = List.copyOf(issuers);
    roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
  }

  /** No keys. */
  public static AuthSettings defaults() {
    return new AuthSettings(
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        Map.of(),
        LoginSettings.defaults());
  }

  /** The same settings without the keys, and without a pepper that is too short, a mistake. */
  public AuthSettings withoutKeys() {
    Optional<Secret> usable = keyPepper.filter(one -> one.reveal().length() >= MIN_PEPPER);
    return new AuthSettings(List.of(), List.of(), List.of(), usable, issuers, roles, login);
  }

  /** The issuer that the login names; empty without a login. */
  public Optional<IssuerSettings> loginIssuer() {
    return issuers.stream()
        .filter(one -> login.issuer().filter(one.name()::equals).isPresent())
        .findFirst();
  }

  /** The gateway as browsers see it; empty without a login whose issuer and address are there. */
  public Optional<LoginSite> loginSite() {
    return login.site().filter(_ -> loginIssuer().isPresent());
  }

  /** The roles of the settings. */
  public List<Role> ownRoles() {
    return roles.entrySet().stream().map(named -> role(named.getKey(), named.getValue())).toList();
  }

  private static Role role(String name, RoleSettings settings) {
    return new Role(name, Set.copyOf(settings.permissions()), Role.Source.SETTINGS);
  }

  /** The built-in roles and those of the settings. */
  public Roles knownRoles() {
    return Roles.BUILT_IN.with(ownRoles());
  }

  /** The name of a role that was written in upper or lower case. */
  public static String roleName(String written) {
    return written.strip().toLowerCase(Locale.ROOT);
  }
}

package dev.serai.config.auth;

import dev.serai.config.annotation.Secret;
import java.util.List;
import java.util.Optional;

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
 */
public record AuthSettings(
    List<Secret> apiKeys,
    List<Secret> adminKeys,
    List<KeySettings> keys,
    Optional<Secret> keyPepper,
    List<IssuerSettings> issuers) {
  public AuthSettings {
    apiKeys = List.copyOf(apiKeys);
    adminKeys = List.copyOf(adminKeys);
    keys = List.copyOf(keys);
    issuers = List.copyOf(issuers);
  }

  /** No keys. */
  public static AuthSettings defaults() {
    return new AuthSettings(List.of(), List.of(), List.of(), Optional.empty(), List.of());
  }

  /** The same settings without the keys. */
  public AuthSettings withoutKeys() {
    return new AuthSettings(List.of(), List.of(), List.of(), keyPepper, issuers);
  }
}

package dev.serai.config.auth;

import dev.serai.config.annotation.Secret;
import dev.serai.core.caller.Identity;
import dev.serai.core.keys.KeyHash;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A caller of the settings. The API key itself is not kept.
 *
 * @param identity whose credentials these are
 * @param hash of its API key, made with the hasher of this process
 * @param signingSecret that it signs requests with
 * @param certificates names of its client certificates
 */
public record CallerKey(
    Identity identity,
    Optional<KeyHash> hash,
    Optional<Secret> signingSecret,
    List<String> certificates) {
  public CallerKey {
    certificates = List.copyOf(certificates);
  }

  /** A caller with an API key only. */
  public CallerKey(KeyHash hash, Identity identity) {
    this(identity, Optional.of(hash), Optional.empty(), List.of());
  }

  /** Whether one of these keys has a name within a tenant. */
  public static boolean hasName(Collection<CallerKey> keys, String tenant, String name) {
    return keys.stream()
        .map(CallerKey::identity)
        .anyMatch(owner -> owner.tenant().equals(tenant) && owner.key().equals(name));
  }

  public String name() {
    return identity.key();
  }
}

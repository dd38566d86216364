package dev.serai.config.auth;

import dev.serai.config.read.Secret;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.KeyHash;
import java.util.Optional;

/**
 * A caller of the settings. The API key itself is not kept.
 *
 * @param identity whose credentials these are
 * @param hash of its API key, made with the hasher of this process
 * @param signingSecret that it signs requests with
 */
public record CallerKey(Identity identity, Optional<KeyHash> hash, Optional<Secret> signingSecret) {
  /** A caller with an API key only. */
  public CallerKey(KeyHash hash, Identity identity) {
    this(identity, Optional.of(hash), Optional.empty());
  }

  /** Its name. */
  public String name() {
    return identity.key();
  }
}

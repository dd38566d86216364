package dev.serai.config.auth;

import dev.serai.core.caller.Identity;
import dev.serai.core.caller.KeyHash;

/**
 * An API key of the settings. The key itself is not kept.
 *
 * @param hash made with the hasher of this process
 * @param identity whose it is
 */
public record CallerKey(KeyHash hash, Identity identity) {
  /** Its name. */
  public String name() {
    return identity.key();
  }
}

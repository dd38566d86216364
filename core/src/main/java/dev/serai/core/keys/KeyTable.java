package dev.serai.core.keys;

import dev.serai.core.caller.Authentication;
import dev.serai.core.caller.Authenticator;
import dev.serai.core.caller.Credential;
import java.util.Map;

/**
 * Finds identities by the hash of their API key, in a map that is replaced as a whole. Once it has
 * had keys, it stays closed after its last key is removed. Thread-safe.
 */
public final class KeyTable implements Authenticator {
  /** The fewest characters of an API key that an operator chooses. */
  public static final int MIN_LENGTH = 16;

  /** The most characters of an API key. A longer secret is not hashed. */
  public static final int MAX_LENGTH = 512;

  private final KeyHasher hasher;
  private volatile Map<KeyHash, Authentication> byHash = Map.of();
  private volatile boolean used;

  /**
   * @param hasher that made the hashes of the keys
   */
  public KeyTable(KeyHasher hasher) {
    this.hasher = hasher;
  }

  /** Replaces all keys by these. */
  public void replace(Map<KeyHash, Authentication> keys) {
    byHash = Map.copyOf(keys);
    used |= !keys.isEmpty();
  }

  @Override
  public Authentication authenticate(Credential credential) {
    Map<KeyHash, Authentication> keys = byHash;
    if (keys.isEmpty()
        || !(credential instanceof Credential.Secret presented)
        || presented.secret().length() > MAX_LENGTH) {
      return Authentication.UNKNOWN;
    }
    Authentication found = keys.get(hasher.hash(presented.secret()));
    return found == null ? Authentication.UNKNOWN : found;
  }

  @Override
  public boolean hasCredentials() {
    return used;
  }
}

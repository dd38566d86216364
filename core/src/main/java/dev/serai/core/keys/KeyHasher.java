package dev.serai.core.keys;

import dev.serai.core.hash.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import javax.crypto.Mac;

/**
 * Hashes API keys with a secret value, the pepper (RFC 2104, FIPS 180-4). Someone who reads the
 * hashes cannot test guessed keys without the pepper, and the time of a comparison of hashes says
 * nothing about a key. Thread-safe: every thread has a {@link Mac} of its own, and hashing takes
 * about a microsecond.
 */
public final class KeyHasher {
  private static final int PEPPER_BYTES = 32;

  /** With a random pepper, for keys that are hashed again at every start. */
  private static final KeyHasher OF_PROCESS = new KeyHasher(randomPepper());

  private final ThreadLocal<Mac> macs;

  /**
   * @param pepper at least 32 bytes
   * @throws IllegalArgumentException if the pepper is shorter
   */
  public KeyHasher(byte[] pepper) {
    if (pepper.length < PEPPER_BYTES) {
      throw new IllegalArgumentException("the pepper must have at least 32 bytes");
    }
    byte[] key = pepper.clone();
    this.macs = ThreadLocal.withInitial(() -> Hmac.SHA_256.keyed(key));
  }

  /** The hasher of this process: its hashes have no meaning in another one. */
  public static KeyHasher ofProcess() {
    return OF_PROCESS;
  }

  public KeyHash hash(String key) {
    return KeyHash.of(macs.get().doFinal(key.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] randomPepper() {
    byte[] bytes = new byte[PEPPER_BYTES];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}

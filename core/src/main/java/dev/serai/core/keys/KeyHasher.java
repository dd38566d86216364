package dev.serai.core.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hashes API keys with a secret value, the pepper (RFC 2104, FIPS 180-4). Someone who reads the
 * hashes cannot test guessed keys without the pepper, and the time of a comparison of hashes says
 * nothing about a key. Thread-safe: every thread has a {@link Mac} of its own, and hashing takes
 * about a microsecond.
 */
public final class KeyHasher {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int PEPPER_BYTES = 32;

  /** With a random pepper, for keys that are hashed again at every start. */
  private static final KeyHasher OF_PROCESS = new KeyHasher(randomPepper());

  private final SecretKeySpec pepper;
  private final ThreadLocal<Mac> macs = ThreadLocal.withInitial(this::mac);

  /**
   * @param pepper at least 32 bytes
   * @throws IllegalArgumentException if the pepper is shorter
   */
  public KeyHasher(byte[] pepper) {
    if (pepper.length < PEPPER_BYTES) {
      throw new IllegalArgumentException("the pepper must have at least 32 bytes");
    }
    this.pepper = new SecretKeySpec(pepper, ALGORITHM);
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

  private Mac mac() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(pepper);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}

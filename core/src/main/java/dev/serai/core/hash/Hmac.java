package dev.serai.core.hash;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Hashes with a key (HMAC, RFC 2104), which every JDK has. Stateless. */
public enum Hmac {
  SHA_256("HmacSHA256"),
  SHA_384("HmacSHA384"),
  SHA_512("HmacSHA512");

  private final String algorithm;

  Hmac(String algorithm) {
    this.algorithm = algorithm;
  }

  /**
   * A digest with a key, which starts again after each hash. It is not thread-safe.
   *
   * @param key at least a byte
   * @throws IllegalStateException if the JDK lacks the algorithm, which it must have
   */
  public Mac keyed(byte[] key) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  /** The hash of bytes. */
  public byte[] of(byte[] key, byte[] bytes) {
    return keyed(key).doFinal(bytes);
  }

  /** The hash of a text in UTF-8. */
  public byte[] of(byte[] key, String text) {
    return of(key, text.getBytes(StandardCharsets.UTF_8));
  }
}

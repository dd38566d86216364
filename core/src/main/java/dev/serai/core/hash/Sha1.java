package dev.serai.core.hash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-1 (FIPS 180-4), which every JDK has: only for protocols that demand it, since it is broken.
 * Stateless.
 */
public final class Sha1 {
  private Sha1() {}

  /**
   * The hash of bytes.
   *
   * @throws IllegalStateException if the JDK lacks SHA-1, which it must have
   */
  public static byte[] of(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}

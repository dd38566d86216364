package dev.serai.gateway.identity.login;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts texts that a browser keeps for this process, with AES-256-GCM and a key that never
 * leaves it (NIST SP 800-38D). Thread-safe.
 */
final class Seal {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int KEY_BYTES = 32;
  private static final int IV_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int MAX_LENGTH = 4096;

  private final SecretKeySpec key;
  private final RandomGenerator random;

  /**
   * @param random makes the key; it must be unpredictable
   */
  Seal(RandomGenerator random) {
    this.random = random;
    key = new SecretKeySpec(bytes(random, KEY_BYTES), "AES");
  }

  private static byte[] bytes(RandomGenerator random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** An encrypted text of letters, digits, - and _. */
  String close(String text) {
    byte[] iv = bytes(random, IV_BYTES);
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    byte[] sealed = new byte[IV_BYTES + plain.length + TAG_BITS / 8];
    System.arraycopy(iv, 0, sealed, 0, IV_BYTES);
    try {
      cipher(Cipher.ENCRYPT_MODE, iv).doFinal(plain, 0, plain.length, sealed, IV_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + CIPHER, e);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /** The text that was encrypted here; empty if it was not, or was changed. */
  Optional<String> open(String sealed) {
    if (sealed.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(sealed);
      if (bytes.length <= IV_BYTES) {
        return Optional.empty();
      }
      byte[] iv = Arrays.copyOf(bytes, IV_BYTES);
      byte[] plain =
          cipher(Cipher.DECRYPT_MODE, iv).doFinal(bytes, IV_BYTES, bytes.length - IV_BYTES);
      return Optional.of(new String(plain, StandardCharsets.UTF_8));
    } catch (GeneralSecurityException | IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, byte[] iv) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
    return cipher;
  }
}

package dev.serai.memory.credentials;

import dev.serai.core.provider.credential.MasterKey;
import dev.serai.core.provider.credential.ProviderCredential;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * A key of a provider, encrypted with AES-256-GCM (NIST SP 800-38D) under a random nonce. The
 * additional data are the ID and the provider: the ciphertext of one row cannot be put into another
 * one. The arrays are never changed.
 */
public record SealedCredential(ProviderCredential about, byte[] nonce, byte[] ciphertext) {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /** Encrypts a key. */
  static SealedCredential seal(
      ProviderCredential about, String key, MasterKey master, RandomGenerator random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    ProviderCredential named =
        new ProviderCredential(
            about.id(), about.provider(), about.hint(), master.id(), true, about.created());
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, named, nonce, master);
      return new SealedCredential(
          named, nonce, cipher.doFinal(key.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + CIPHER, e);
    }
  }

  /** The key; empty if none of these master keys made the ciphertext, or if it was changed. */
  Optional<String> open(List<MasterKey> masters) {
    return masters.stream()
        .filter(master -> master.id().equals(about.masterKey()))
        .findFirst()
        .flatMap(this::open);
  }

  private Optional<String> open(MasterKey master) {
    try {
      byte[] text = cipher(Cipher.DECRYPT_MODE, about, nonce, master).doFinal(ciphertext);
      return Optional.of(new String(text, StandardCharsets.UTF_8));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + CIPHER, e);
    }
  }

  private static Cipher cipher(int mode, ProviderCredential of, byte[] nonce, MasterKey master)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, master.aes(), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD((of.id() + "\n" + of.provider()).getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}

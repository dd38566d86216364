package dev.serai.core.provider.credential;

import dev.serai.core.hash.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A master key. Its ID and its AES-256 key are derived from a text with HMAC-SHA-256, so that the
 * ID does not reveal the key. Immutable; never shows the key.
 */
public final class MasterKey {
  /** The fewest characters of its text. */
  public static final int MIN_LENGTH = 32;

  private static final int ID_BYTES = 4;

  private final String id;
  private final SecretKey key;

  /**
   * @throws IllegalArgumentException if the text has less than 32 characters
   */
  public MasterKey(String text) {
    if (text.length() < MIN_LENGTH) {
      throw new IllegalArgumentException(
          "a master key must have at least 32 characters; make one with: openssl rand -hex 32");
    }
    id = HexFormat.of().formatHex(Arrays.copyOf(derive(text, "id of a master key"), ID_BYTES));
    key = new SecretKeySpec(derive(text, "credentials of providers"), "AES");
  }

  /** The keys of a text that separates them by commas or line breaks. */
  public static List<MasterKey> list(String text) {
    return Stream.of(text.split("[,\n]"))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .map(MasterKey::new)
        .toList();
  }

  private static byte[] derive(String text, String purpose) {
    return Hmac.SHA_256.of(text.getBytes(StandardCharsets.UTF_8), purpose);
  }

  /** Eight hexadecimal digits, the same in all gateways. */
  public String id() {
    return id;
  }

  /** The key of AES-256. */
  public SecretKey aes() {
    return key;
  }

  /** The ID only. */
  @Override
  public String toString() {
    return "MasterKey " + id;
  }
}

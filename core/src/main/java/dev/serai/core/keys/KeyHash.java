package dev.serai.core.keys;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** The HMAC-SHA-256 of an API key: 256 bits that do not reveal the key. Immutable. */
public record KeyHash(long first, long second, long third, long fourth) {
  private static final int LENGTH = 32;

  /**
   * The hash of those bytes.
   *
   * @throws IllegalArgumentException if there are not 32
   */
  public static KeyHash of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a key's hash has 32 bytes, not " + bytes.length);
    }
    ByteBuffer from = ByteBuffer.wrap(bytes);
    return new KeyHash(from.getLong(), from.getLong(), from.getLong(), from.getLong());
  }

  /** The 32 bytes, for a store. */
  public byte[] bytes() {
    ByteBuffer to = ByteBuffer.allocate(LENGTH);
    return to.putLong(first).putLong(second).putLong(third).putLong(fourth).array();
  }

  /** The first 32 bits, in hexadecimal. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits((int) (first >>> 32));
  }
}

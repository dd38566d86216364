package dev.serai.core.keys;

/**
 * A key that was just made. The secret is nowhere else and cannot be read again.
 *
 * @param secret what its owner sends
 */
public record IssuedKey(ApiKey key, String secret) {
  /** Never the secret. */
  @Override
  public String toString() {
    return key.toString();
  }
}

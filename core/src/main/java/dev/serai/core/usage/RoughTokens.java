package dev.serai.core.usage;

/**
 * About how many tokens a text has, by its size alone: where counting them would take too long, or
 * the tokenizer is not known. Stateless.
 */
public final class RoughTokens {
  /** The bytes, or the characters, that count as a token. */
  public static final int SIZE = 4;

  private RoughTokens() {}

  /**
   * The tokens of a text, rounded down.
   *
   * @param size in bytes or characters
   */
  public static long of(long size) {
    return size / SIZE;
  }

  /**
   * The tokens of a text, rounded up.
   *
   * @param size in bytes or characters
   */
  public static long roundedUp(long size) {
    return Math.ceilDiv(size, SIZE);
  }
}

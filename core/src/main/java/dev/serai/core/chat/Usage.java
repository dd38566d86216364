package dev.serai.core.chat;

/**
 * Tokens of one attempt, as the provider reported them, normalised: {@code input} includes what was
 * read from and written to a prompt cache, {@code output} includes reasoning.
 *
 * @param cached part of {@code input} that was read from the provider's cache
 * @param cacheWritten part of {@code input} that was written to it
 * @param reasoning part of {@code output} that was reasoning
 */
public record Usage(long input, long output, long cached, long cacheWritten, long reasoning) {
  public Usage {
    if (input < 0 || output < 0 || cached < 0 || cacheWritten < 0 || reasoning < 0) {
      throw new IllegalArgumentException("token counts are not negative");
    }
  }

  /** Usage without cache or reasoning parts. */
  public static Usage of(long input, long output) {
    return new Usage(input, output, 0, 0, 0);
  }

  public long total() {
    return input + output;
  }
}

package dev.serai.memory.tokens;

import com.knuddels.jtokkit.api.Encoding;
import java.util.function.ToLongFunction;

/**
 * Counts the tokens of the texts of one request, so that it takes no more than about a tenth of a
 * second however many texts there are. Of a long text only the beginning is counted, and of many
 * texts only the first ones: the rest is extrapolated from what was counted. For one request; not
 * thread-safe.
 */
final class BoundedCount implements ToLongFunction<String> {
  /** Characters of one text that are counted. */
  static final int MAX_OF_TEXT = 256 * 1024;

  /** Characters of all texts that are counted. */
  static final int MAX_OF_ALL = 1024 * 1024;

  /** What a text takes besides its characters, as a number of characters. */
  private static final int PER_TEXT = 64;

  /** Of English text. */
  private static final int CHARACTERS_OF_TOKEN = 4;

  /** The tokens of a shorter beginning are not those of the whole text. */
  private static final int MIN_BEGINNING = 1024;

  private final Encoding encoding;
  private int left = MAX_OF_ALL;
  private long characters;
  private long tokens;

  BoundedCount(Encoding encoding) {
    this.encoding = encoding;
  }

  @Override
  public long applyAsLong(String text) {
    int length = text.length();
    int counted = Math.min(length, Math.min(left, MAX_OF_TEXT));
    if (counted < length && counted < MIN_BEGINNING) {
      return extrapolated(length);
    }
    left = Math.max(0, left - counted - PER_TEXT);
    long found =
        encoding.countTokensOrdinary(counted == length ? text : text.substring(0, counted));
    characters += counted;
    tokens += found;
    return counted == length ? found : found * length / counted;
  }

  /** By what was counted, which may be empty texts only. */
  private long extrapolated(long length) {
    return characters == 0
        ? Math.ceilDiv(length, CHARACTERS_OF_TOKEN)
        : Math.ceilDiv(length * tokens, characters);
  }
}

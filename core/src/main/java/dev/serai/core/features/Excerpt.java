package dev.serai.core.features;

/** A text of a prompt of which only the ends are read. Immutable. */
public interface Excerpt {
  /** Characters or bytes of a text that are counted for its tokens; the rest is extrapolated. */
  int MAX_COUNTED = 16 * 1024;

  boolean isEmpty();

  /** The beginning, at most that many characters. */
  String head(int max);

  /** The end, at most that many characters. */
  String tail(int max);

  /** About how many thousandths of a token it has. */
  long milliTokens();

  /** A text in memory. */
  static Excerpt of(String text) {
    return new TextExcerpt(text);
  }

  /**
   * About how many thousandths of a token characters have, by the number of their bytes in UTF-8.
   * The weights fit prose and code in the vocabulary {@code o200k_base} of OpenAI's models.
   */
  static long milliTokens(long one, long two, long three, long four) {
    return 250 * one + 340 * two + 720 * three + 1500 * four;
  }
}

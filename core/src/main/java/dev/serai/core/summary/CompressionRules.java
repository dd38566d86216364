package dev.serai.core.summary;

/**
 * When a session is compressed, and how far. Immutable.
 *
 * @param threshold the share of {@code maxTokens} from which on it is, more than 0 and at most 1
 * @param maxTokens about how many tokens of its session a call gets
 */
public record CompressionRules(CompressionMode mode, double threshold, int maxTokens) {
  private static final int SUMMARY_SHARE = 4;
  private static final int MIN_SHARE = 10;
  private static final int PASS_FACTOR = 4;

  /** Whether sessions are compressed at all. */
  public boolean isOn() {
    return mode != CompressionMode.OFF;
  }

  /** Whether a session with so many tokens is long enough. */
  public boolean isDue(long tokens) {
    return tokens >= threshold * maxTokens;
  }

  /** About the most tokens of a summary: a quarter of what a call gets. */
  public int summaryTokens() {
    return maxTokens / SUMMARY_SHARE;
  }

  /**
   * The fewest tokens for which it is worth to change the summary: every change of it is one of the
   * beginning of the prompt, which providers cache.
   */
  int smallestPass() {
    return maxTokens / MIN_SHARE;
  }

  /** About the most tokens that are summarised at a time: a model has to read them. */
  int largestPass() {
    return mode.needsModel() ? maxTokens : maxTokens * PASS_FACTOR;
  }

  /** About the most tokens of the text that a model writes. */
  int narrativeTokens() {
    return mode == CompressionMode.HYBRID ? summaryTokens() / 2 : summaryTokens();
  }
}

package dev.serai.core.summary;

import java.time.Instant;

/**
 * The summary of the older messages of a session, as it is stored. Immutable.
 *
 * @param version how often it was made, from 1 on
 * @param upTo the number of the last message that it is of
 * @param mode what it was made with
 * @param narrative what a model has written; empty without one
 * @param information what was found without a model
 * @param messages how many messages it is of
 * @param originalTokens about how many tokens these have
 * @param created when this version was made
 */
public record SessionSummary(
    int version,
    long upTo,
    CompressionMode mode,
    String narrative,
    KeyInformation information,
    int messages,
    long originalTokens,
    Instant created) {
  private static final String HEADING = "Summary of the earlier messages of this conversation.\n\n";
  private static final int CHARACTERS_PER_TOKEN = 4;

  /** What a model gets. The same summary is always the same text. */
  public String text() {
    return HEADING + body();
  }

  /** The text without its heading. */
  String body() {
    String separator = narrative.isEmpty() || information.isEmpty() ? "" : "\n\n";
    return narrative + separator + information.text();
  }

  /** About how many tokens the text has. */
  public long tokens() {
    return tokens(text());
  }

  /** About how many tokens a text has. */
  static long tokens(String text) {
    return text.length() / CHARACTERS_PER_TOKEN;
  }
}

package dev.serai.core.feedback;

import java.util.Optional;

/**
 * What a caller says about a call that has ended. Immutable.
 *
 * @param requestId of the call
 * @param tenant of the call
 * @param key the name of the API key that has given it; empty without one
 * @param metric the name of what was measured; empty if the value is the score of the response
 * @param value from 0 to 1 if it is a score, else any number
 * @param comment for people; may be empty
 * @param givenMillis in milliseconds since 1970 (UTC)
 */
public record Feedback(
    String requestId,
    String tenant,
    String key,
    Optional<String> metric,
    double value,
    String comment,
    long givenMillis) {
  /** Maximum characters of a comment. */
  public static final int MAX_COMMENT_LENGTH = 2_000;

  /** Maximum entries about one call, of all callers together. */
  public static final int MAX_OF_CALL = 32;

  /** Whether it rates the response as a whole, so that a bandit may learn from it. */
  public boolean isScore() {
    return metric.isEmpty();
  }
}

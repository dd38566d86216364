package dev.serai.core.feedback;

import java.util.Optional;

/**
 * What a caller says about a call that has ended, or the gateway has observed of it. Immutable.
 *
 * @param requestId of the call
 * @param tenant of the call
 * @param key the name of the API key that has given it; empty without one
 * @param metric the name of what was measured; empty if the value is the score of the response
 * @param value from 0 to 1 if it is a score; a change of the quality, from -1 to 0, if the gateway
 *     has observed it; else any number
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

  /**
   * What the gateway itself says of a call.
   *
   * @param call its ID and its tenant
   * @param value the score of a judge, or a change of the quality, between -1 and 0
   */
  public static Feedback observed(
      FeedbackSource source, Subject call, double value, long givenMillis) {
    return new Feedback(
        call.requestId(), call.tenant(), "", Optional.of(source.metric()), value, "", givenMillis);
  }

  /** The call that feedback is about. */
  public record Subject(String requestId, String tenant) {}

  /** Who has given it, or what was observed. */
  public FeedbackSource source() {
    return FeedbackSource.of(metric);
  }

  /** Whether it rates the response as a whole, so that a bandit may learn from it. */
  public boolean isScore() {
    return metric.isEmpty() || source() == FeedbackSource.JUDGE;
  }

  /** Whether a bandit may learn from it. */
  public boolean changesQuality() {
    return isScore() || source() != FeedbackSource.CALLER;
  }
}

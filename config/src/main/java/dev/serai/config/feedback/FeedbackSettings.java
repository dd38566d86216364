package dev.serai.config.feedback;

/**
 * What bandits learn of calls besides what callers say with {@code /v1/feedback}.
 *
 * @param implicit what the gateway observes of calls
 * @param judge a model that scores some of the responses
 */
public record FeedbackSettings(ImplicitFeedbackSettings implicit, JudgeSettings judge) {
  /** Nothing is observed, and none is scored. */
  public static FeedbackSettings defaults() {
    return new FeedbackSettings(ImplicitFeedbackSettings.defaults(), JudgeSettings.defaults());
  }
}

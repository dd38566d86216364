package dev.serai.config.feedback;

/**
 * What bandits learn of calls besides what callers say with {@code /v1/feedback}.
 *
 * @param implicit what the gateway observes of calls
 */
public record FeedbackSettings(ImplicitFeedbackSettings implicit) {
  /** Nothing is observed. */
  public static FeedbackSettings defaults() {
    return new FeedbackSettings(ImplicitFeedbackSettings.defaults());
  }
}

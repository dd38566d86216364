package dev.serai.config.feedback;

import dev.serai.core.time.DurationFaults;
import java.time.Duration;

/**
 * What the gateway observes of the calls whose model a bandit has chosen, and how much of the
 * quality of a call each observation takes, from 0 for nothing to 1.
 *
 * @param enabled whether calls are observed
 * @param abort the client leaves a stream after its first token and before its end
 * @param retry the same prompt comes again in the same session
 * @param retryWithin how soon after the end of the call
 * @param tool the next request of the conversation says that a tool has failed which the response
 *     has called
 * @param format the response is not the JSON that the request asked for
 */
public record ImplicitFeedbackSettings(
    boolean enabled, double abort, double retry, Duration retryWithin, double tool, double format) {
  private static final double DEFAULT_ABORT = 0.1;
  private static final double DEFAULT_RETRY = 0.3;
  private static final double DEFAULT_TOOL = 0.2;
  private static final double DEFAULT_FORMAT = 0.5;
  private static final Duration DEFAULT_WITHIN = Duration.ofMinutes(2);
  private static final Duration MAX_WITHIN = Duration.ofDays(1);

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public ImplicitFeedbackSettings {
    new DurationFaults()
        .within("retryWithin", retryWithin, Duration.ZERO, MAX_WITHIN)
        .refuseIf(!isShare(abort), "abort must be from 0 to 1")
        .refuseIf(!isShare(retry), "retry must be from 0 to 1")
        .refuseIf(!isShare(tool), "tool must be from 0 to 1")
        .refuseIf(!isShare(format), "format must be from 0 to 1")
        .throwIfAny();
  }

  private static boolean isShare(double weight) {
    return weight >= 0 && weight <= 1;
  }

  /** Calls are not observed. */
  public static ImplicitFeedbackSettings defaults() {
    return new ImplicitFeedbackSettings(
        false, DEFAULT_ABORT, DEFAULT_RETRY, DEFAULT_WITHIN, DEFAULT_TOOL, DEFAULT_FORMAT);
  }
}

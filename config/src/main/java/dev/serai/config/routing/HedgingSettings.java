package dev.serai.config.routing;

import dev.serai.config.annotation.Range;
import dev.serai.core.routing.AttemptRules.HedgeRules;
import dev.serai.core.time.DurationFaults;
import java.time.Duration;

/**
 * When a second candidate of a chat call is asked beside the first one, because that is late. The
 * one that responds first serves the call.
 *
 * @param after the first token of a stream is late; 0s for never
 * @param learned whether it is late instead after the time that 95 % of the latest streams of its
 *     model kept, once there are 20 of them
 * @param afterWhole a response that is not streamed is late; 0s for never
 * @param budgetPercent how many of 100 calls that may be hedged are hedged at most
 */
public record HedgingSettings(
    Duration after,
    boolean learned,
    Duration afterWhole,
    @Range(min = 1, max = 100) int budgetPercent) {
  private static final int DEFAULT_PERCENT = 5;

  /**
   * @throws IllegalArgumentException if a time is negative or above an hour, or is learned and
   *     never late
   */
  public HedgingSettings {
    new DurationFaults()
        .within("after", after, Duration.ZERO, AliasHedgingSettings.MAX)
        .within("afterWhole", afterWhole, Duration.ZERO, AliasHedgingSettings.MAX)
        .refuseIf(
            learned && after.isZero(),
            "learned needs after, which holds until enough streams are measured")
        .throwIfAny();
  }

  /** No call is hedged. */
  public static HedgingSettings defaults() {
    return new HedgingSettings(Duration.ZERO, false, Duration.ZERO, DEFAULT_PERCENT);
  }

  /** The same as rules. */
  public HedgeRules rules() {
    return HedgeRules.of(after, learned, afterWhole);
  }
}

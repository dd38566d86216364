package dev.serai.config.routing;

import dev.serai.core.routing.AttemptRules.HedgeRules;
import dev.serai.core.time.DurationFaults;
import java.time.Duration;
import java.util.Optional;

/**
 * When a second candidate of an alias is asked beside the first one. What is left out is that of
 * routing.hedging, whose budget counts the hedges of all aliases.
 *
 * @param after the first token of a stream is late; 0s for never
 * @param learned whether it is late instead after the time that 95 % of the latest streams of its
 *     model kept, once there are 20 of them
 * @param afterWhole a response that is not streamed is late; 0s for never
 */
public record AliasHedgingSettings(
    Optional<Duration> after, Optional<Boolean> learned, Optional<Duration> afterWhole) {
  /** Later no response is of use. */
  static final Duration MAX = Duration.ofHours(1);

  /**
   * @throws IllegalArgumentException if a time is negative or above an hour
   */
  public AliasHedgingSettings {
    DurationFaults faults = new DurationFaults();
    after.ifPresent(time -> faults.within("after", time, Duration.ZERO, MAX));
    afterWhole.ifPresent(time -> faults.within("afterWhole", time, Duration.ZERO, MAX));
    faults.throwIfAny();
  }

  /** Nothing set. */
  public static AliasHedgingSettings defaults() {
    return new AliasHedgingSettings(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same as rules; what is left out comes from {@code general}. */
  public HedgeRules over(HedgeRules general) {
    return HedgeRules.of(
        after.orElse(general.after()),
        learned.orElse(general.learned()),
        afterWhole.orElse(general.afterWhole()));
  }
}

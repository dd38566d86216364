package dev.serai.config.routing;

import dev.serai.config.annotation.Range;
import dev.serai.core.bandit.RewardRules;
import dev.serai.core.time.DurationFaults;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * What a call is worth to the strategy bandit, from 0 to 1: success, quality and speed by their
 * weights, less cost.
 *
 * @param success weight of a response at all
 * @param quality weight of its quality
 * @param speed weight of its speed
 * @param cost what a call that costs {@code high_cost_usd} or more takes off
 * @param halfSpeed a response that takes this long has half of the speed; above 0s
 * @param highCostUsd US dollars of a call that takes off all of {@code cost}; above 0
 */
public record RewardSettings(
    double success,
    double quality,
    double speed,
    double cost,
    Duration halfSpeed,
    @Range(min = 0, max = 1_000) BigDecimal highCostUsd) {
  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public RewardSettings {
    new DurationFaults()
        .refuseIf(success + quality + speed <= 0, "success, quality or speed must be above 0")
        .positive("halfSpeed", halfSpeed)
        .refuseIf(highCostUsd.signum() <= 0, "highCostUsd must be above 0")
        .throwIfAny();
    var _ = new RewardRules(success, quality, speed, cost, halfSpeed, highCostUsd.doubleValue());
  }

  /** Quality first. */
  public static RewardSettings defaults() {
    RewardRules defaults = RewardRules.DEFAULT;
    return new RewardSettings(
        defaults.success(),
        defaults.quality(),
        defaults.speed(),
        defaults.cost(),
        defaults.halfSpeed(),
        BigDecimal.valueOf(defaults.highCostUsd()));
  }

  /** The same as rules. */
  public RewardRules rules() {
    return new RewardRules(success, quality, speed, cost, halfSpeed, highCostUsd.doubleValue());
  }
}

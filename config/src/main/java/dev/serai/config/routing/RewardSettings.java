package dev.serai.config.routing;

import dev.serai.config.annotation.Range;
import dev.serai.core.bandit.RewardRules;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
    List<String> faults = new ArrayList<>();
    if (success + quality + speed <= 0) {
      faults.add("success, quality or speed must be above 0");
    }
    if (halfSpeed.isNegative() || halfSpeed.isZero()) {
      faults.add("halfSpeed must be above 0s");
    }
    if (highCostUsd.signum() <= 0) {
      faults.add("highCostUsd must be above 0");
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", faults));
    }
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

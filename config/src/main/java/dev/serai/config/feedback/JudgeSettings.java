package dev.serai.config.feedback;

import dev.serai.config.annotation.Range;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A model that scores some of the responses of calls whose model a bandit has chosen, in the
 * background, in each gateway.
 *
 * @param model that scores them, PROVIDER/MODEL or an alias; left out, none is scored
 * @param samplePercent how many of 100 calls are scored
 * @param maxPerMinute calls that are scored in a minute
 * @param usdPerDay US dollars per day (UTC) after which no call is scored; the calls of a model
 *     without a known price count as 0
 */
public record JudgeSettings(
    Optional<String> model,
    @Range(min = 0, max = 100) BigDecimal samplePercent,
    @Range(min = 1, max = 10_000) int maxPerMinute,
    @Range(min = 0, max = 1_000_000) BigDecimal usdPerDay) {
  private static final int DEFAULT_PER_MINUTE = 10;

  /** None is scored; with a model, one call of a hundred, for at most a US dollar a day. */
  public static JudgeSettings defaults() {
    return new JudgeSettings(Optional.empty(), BigDecimal.ONE, DEFAULT_PER_MINUTE, BigDecimal.ONE);
  }
}

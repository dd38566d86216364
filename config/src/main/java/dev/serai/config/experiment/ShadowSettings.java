package dev.serai.config.experiment;

import dev.serai.config.annotation.Range;
import java.math.BigDecimal;

/**
 * The bounds of copies of calls, which variants of experiments get, in each gateway. A copy beyond
 * them is skipped.
 *
 * @param concurrent copies that run at the same time
 * @param waiting copies that wait for others to end
 * @param usdPerDay US dollars per day (UTC) for all copies; 0 for no copies. A model without a
 *     known price gets none
 */
public record ShadowSettings(
    @Range(min = 1, max = 1_000) int concurrent,
    @Range(min = 0, max = 10_000) int waiting,
    @Range(min = 0, max = 1_000_000) BigDecimal usdPerDay) {
  private static final int DEFAULT_CONCURRENT = 8;
  private static final int DEFAULT_WAITING = 64;

  /** Eight at a time, and ten US dollars a day. */
  public static ShadowSettings defaults() {
    return new ShadowSettings(DEFAULT_CONCURRENT, DEFAULT_WAITING, BigDecimal.TEN);
  }
}

package dev.serai.core.rate;

/**
 * What a call takes from one window. Immutable.
 *
 * @param amount at most what the window holds when it is full
 */
public record RateDemand(RateRule rule, long amount) {
  /** More than a full window holds is taken when the window is full, and the rest is owed. */
  public RateDemand {
    amount = Math.min(amount, rule.allowance().capacity());
  }
}

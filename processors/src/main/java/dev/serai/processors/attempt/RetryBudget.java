package dev.serai.processors.attempt;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps retries a fixed share of the traffic, so that a provider in trouble is not buried under
 * them. Every call puts a part of a retry into the purse, every retry takes a whole one out; the
 * purse has a bound. Thread-safe, without locks.
 */
public final class RetryBudget {
  private static final long WHOLE = 100;
  private static final long MOST = 100 * WHOLE;
  private static final long AT_START = 10 * WHOLE;

  private final int percent;
  private final AtomicLong purse;

  /**
   * @param percent how many retries 100 calls pay for, 0 to 100
   */
  public RetryBudget(int percent) {
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException("percent is 0 to 100");
    }
    this.percent = percent;
    this.purse = new AtomicLong(percent == 0 ? 0 : AT_START);
  }

  /** A call came. */
  public void earn() {
    if (purse.get() < MOST) {
      purse.addAndGet(percent);
    }
  }

  /** Takes one retry, if there is one. */
  public boolean spend() {
    long held = purse.get();
    while (held >= WHOLE) {
      long seen = purse.compareAndExchange(held, held - WHOLE);
      if (seen == held) {
        return true;
      }
      held = seen;
    }
    return false;
  }
}

package dev.serai.processors.retry;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/**
 * Limits retries to a share of the calls, so that retries do not overload a provider in trouble.
 * Every call adds a fraction of a retry to the budget, every retry takes one; the budget has an
 * upper limit. Thread-safe, without locks.
 */
public final class RetryBudget {
  private static final long RETRY = 100;
  private static final long MAX = 100 * RETRY;
  private static final long INITIAL = 10 * RETRY;

  private final IntSupplier percent;
  private final AtomicLong balance;

  /**
   * @param percent retries per 100 calls, 0 to 100
   * @throws IllegalArgumentException if the percentage is not 0 to 100
   */
  public RetryBudget(int percent) {
    this(() -> percent);
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException("percent is 0 to 100");
    }
  }

  /**
   * @param percent retries per 100 calls, 0 to 100; asked for every call
   */
  public RetryBudget(IntSupplier percent) {
    this.percent = percent;
    this.balance = new AtomicLong(percent.getAsInt() == 0 ? 0 : INITIAL);
  }

  /** Adds the share of one call. */
  public void earn() {
    if (balance.get() < MAX) {
      balance.addAndGet(percent.getAsInt());
    }
  }

  /** Takes one retry, if the budget has one. */
  public boolean spend() {
    long held = balance.get();
    while (held >= RETRY) {
      long seen = balance.compareAndExchange(held, held - RETRY);
      if (seen == held) {
        return true;
      }
      held = seen;
    }
    return false;
  }
}

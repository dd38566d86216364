package dev.serai.core.rate;

/**
 * How much one window allows. Immutable.
 *
 * @param amount how much per window; above zero
 * @param capacity how much at once after a pause; the amount unless a burst is set
 */
public record Allowance(Window window, long amount, long capacity) {
  /** The largest amount. Larger ones could not be counted exactly in 64 bits. */
  public static final long MAX = 10_000_000_000L;

  /** The largest amount that settings and requests can set. */
  public static final long MAX_SET = 1_000_000_000;

  /**
   * @throws IllegalArgumentException if amount or capacity is not 1 to {@link #MAX}
   */
  public Allowance {
    if (amount <= 0 || amount > MAX || capacity <= 0 || capacity > MAX) {
      throw new IllegalArgumentException("a limit must be 1 to " + MAX);
    }
  }

  /** Without a burst of its own. */
  public Allowance(Window window, long amount) {
    this(window, amount, amount);
  }
}

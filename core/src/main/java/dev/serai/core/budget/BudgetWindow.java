package dev.serai.core.budget;

/**
 * The time in which costs count together.
 *
 * @param fromMillis the first millisecond, since 1970, UTC
 * @param untilMillis the first millisecond after it
 */
public record BudgetWindow(long fromMillis, long untilMillis) {
  /** The window of a budget that never begins again. */
  public static final BudgetWindow ALWAYS = new BudgetWindow(0, Long.MAX_VALUE);

  /** Whether a time is in it. */
  public boolean contains(long millis) {
    return fromMillis <= millis && millis < untilMillis;
  }

  /** Whether it ends. */
  public boolean ends() {
    return untilMillis != Long.MAX_VALUE;
  }
}
